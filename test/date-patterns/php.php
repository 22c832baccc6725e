<?php
// Formats dates by PHP itself: [format, seconds, microseconds, offset or null] as JSON from standard input to texts as JSON.
$texts = [];
foreach (json_decode(stream_get_contents(STDIN)) as [$format, $seconds, $microseconds, $offset]) {
    if ($offset === null) {
        $texts[] = gmdate($format, $seconds);
        continue;
    }
    $date = (new DateTimeImmutable("@$seconds"))->setTimezone(new DateTimeZone($offset));
    [$hour, $minute, $second] = array_map('intval', explode(':', $date->format('H:i:s')));
    $texts[] = $date->setTime($hour, $minute, $second, $microseconds)->format($format);
}
echo json_encode($texts, JSON_THROW_ON_ERROR);

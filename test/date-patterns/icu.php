<?php
// Formats dates by ICU itself: [language, pattern, milliseconds, zone] as JSON from standard input to texts as JSON.
$texts = [];
foreach (json_decode(stream_get_contents(STDIN)) as [$language, $pattern, $milliseconds, $zone]) {
    $calendar = IntlGregorianCalendar::createInstance($zone, $language);
    $calendar->setGregorianChange(-INF);
    $calendar->setFirstDayOfWeek(IntlCalendar::DOW_MONDAY);
    $calendar->setMinimalDaysInFirstWeek(4);
    $format = IntlDateFormatter::create($language, 0, 0, $zone, $calendar, $pattern);
    $calendar->setTime($milliseconds);
    $texts[] = $format->format($calendar);
}
echo json_encode($texts, JSON_THROW_ON_ERROR);

// Kinds of files that are compressed by themselves, told by their names.

const COMPRESSED: ReadonlySet<string> = new Set(
  [
    "7z apk br bz2 cab crx deb dmg ear epub gem gz gzip jar lz lz4 lzma lzo nupkg rar rpm sz tbz tbz2 tgz txz tzst war whl",
    "xapk xpi xz z zip zipx zst",
    "docm docx dotx key numbers odf odg odp ods odt ott pages pdf ppsx pptm pptx vsdx xlsb xlsm xlsx xltx xps",
    "avif gif heic heif j2k jfif jp2 jpe jpeg jpg jxl png webp",
    "3gp aac ac3 amr ape avi flac flv m4a m4b m4v mka mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus vob webm wma wmv",
    "avro bam bcf bigwig bw cram kmz laz mcool npz orc parquet rda rdata rds sra usdz",
    "age gpg kdbx pgp woff woff2",
  ]
    .join(" ")
    .split(" "),
);

/** Whether files of such a name are compressed already, so that doing it again would be in vain. */
export function isCompressed(name: string): boolean {
  const dot = name.lastIndexOf(".");
  return dot > 0 && COMPRESSED.has(name.slice(dot + 1).toLowerCase());
}

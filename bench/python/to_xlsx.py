# The usual way to export to XLSX in Python: psycopg2's server-side cursor into XlsxWriter, row by row.
import sys

import psycopg2
import xlsxwriter

URL, TABLE, PATH = sys.argv[1:]
# As text, what a worksheet has no type for.
COLUMNS = (
    "id, parent_id, code, name, price, ratio, active, created at time zone 'UTC' as created, day, note, "
    "ref::text, metadata::text"
)

workbook = xlsxwriter.Workbook(PATH, {"constant_memory": True})
sheet = workbook.add_worksheet(TABLE)
moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
day = workbook.add_format({"num_format": "yyyy-mm-dd"})

number, text, boolean, time = sheet.write_number, sheet.write_string, sheet.write_boolean, sheet.write_datetime
with psycopg2.connect(URL) as connection, connection.cursor(name="export") as cursor:
    cursor.itersize = 5000
    cursor.execute(f"select {COLUMNS} from {TABLE} order by id")
    for at, row in enumerate(cursor, 1):
        if at == 1:
            sheet.write_row(0, 0, [it.name for it in cursor.description])
        number(at, 0, row[0])
        number(at, 1, row[1])
        text(at, 2, row[2])
        text(at, 3, row[3])
        number(at, 4, row[4])
        number(at, 5, row[5])
        boolean(at, 6, row[6])
        time(at, 7, row[7], moment)
        time(at, 8, row[8], day)
        if row[9] is not None:
            text(at, 9, row[9])
        text(at, 10, row[10])
        text(at, 11, row[11])
workbook.close()

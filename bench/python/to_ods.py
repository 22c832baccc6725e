# The usual way to export to ODS in Python: psycopg2 into odfpy, which holds the whole document in memory.
import sys

import psycopg2
from odf.number import Day, DateStyle, Hours, Minutes, Month, Seconds, Text, Year
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import Table, TableCell, TableRow
from odf.text import P

URL, TABLE, PATH = sys.argv[1:]
# As text, what a spreadsheet has no type for.
COLUMNS = (
    "id, parent_id, code, name, price, ratio, active, created at time zone 'UTC' as created, day, note, "
    "ref::text, metadata::text"
)

document = OpenDocumentSpreadsheet()


def date_style(name, *parts):
    shape = DateStyle(name=f"{name}-shape")
    for part in parts:
        shape.addElement(part)
    style = Style(name=name, family="table-cell", datastylename=f"{name}-shape")
    document.automaticstyles.addElement(shape)
    document.automaticstyles.addElement(style)
    return style


def date_parts():
    return Year(style="long"), Text(text="-"), Month(style="long"), Text(text="-"), Day(style="long")


DAY = date_style("day", *date_parts())
MOMENT = date_style(
    "moment", *date_parts(), Text(text=" "), Hours(style="long"), Text(text=":"), Minutes(style="long"),
    Text(text=":"), Seconds(style="long"),
)


def text(value):
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


def number(value):
    cell = TableCell(valuetype="float", value=str(value))
    cell.addElement(P(text=str(value)))
    return cell


def boolean(value):
    word = "true" if value else "false"
    cell = TableCell(valuetype="boolean", booleanvalue=word)
    cell.addElement(P(text=word.upper()))
    return cell


def moment(value):
    cell = TableCell(valuetype="date", datevalue=value.isoformat(), stylename=MOMENT)
    cell.addElement(P(text=value.strftime("%Y-%m-%d %H:%M:%S")))
    return cell


def day(value):
    cell = TableCell(valuetype="date", datevalue=value.isoformat(), stylename=DAY)
    cell.addElement(P(text=value.isoformat()))
    return cell


KINDS = (number, number, text, text, number, number, boolean, moment, day, text, text, text)

table = Table(name=TABLE)
with psycopg2.connect(URL) as connection, connection.cursor(name="export") as cursor:
    cursor.itersize = 5000
    cursor.execute(f"select {COLUMNS} from {TABLE} order by id")
    for at, values in enumerate(cursor):
        if at == 0:
            head = TableRow()
            for column in cursor.description:
                head.addElement(text(column.name))
            table.addElement(head)
        row = TableRow()
        for kind, value in zip(KINDS, values):
            row.addElement(TableCell() if value is None else kind(value))
        table.addElement(row)
document.spreadsheet.addElement(table)
document.save(PATH)

"""The program of a process of its own: an old workbook on standard input → its sheets as JSON on standard output.

Calamine lays each sheet out as a full rectangle before anyone can ask how large it is, and ends the process when memory
does not suffice; so it gets a process with little memory, whose end harms nobody. It imports nothing of the package.
"""

import contextlib
import io
import json
import sys
from datetime import datetime


def main() -> None:
    """``calamine_process.py MAX_CELLS MAX_UNPACKED MAX_MEMORY``."""
    allowed, longest, memory = map(int, sys.argv[1:])
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    answer: dict[str, object] = {}
    sheets: list[dict[str, object]] = []
    area = length = 0
    try:
        workbook = CalamineWorkbook.from_object(io.BytesIO(sys.stdin.buffer.read()))
        for index, known in enumerate(workbook.sheets_metadata):
            if known.typ != SheetTypeEnum.WorkSheet:
                continue
            found: dict[str, object] = {"name": known.name, "visible": known.visible == SheetVisibleEnum.Visible}
            sheets.append(found)
            if not found["visible"]:
                continue
            sheet = workbook.get_sheet_by_index(index)
            area += sheet.height * sheet.width
            if area > allowed:
                answer["area"] = area
                break
            rows = sheet.to_python()
            length += sum(len(value) for row in rows for value in row if isinstance(value, str))
            if length > longest:
                answer["length"] = length
                break
            found |= {"start": sheet.start, "rows": rows, "merges": sheet.merged_cell_ranges}
        answer["sheets"] = sheets
    except PasswordError:
        answer["error"] = "password"
    except (CalamineError, ValueError, OSError) as error:
        answer["error"] = str(error)
    json.dump(answer, sys.stdout, default=_text)


def _text(value: object) -> str:
    """Dates and times in ISO form, a date without an hour as a date."""
    return value.isoformat(" ").removesuffix(" 00:00:00") if isinstance(value, datetime) else str(value)


if __name__ == "__main__":
    main()

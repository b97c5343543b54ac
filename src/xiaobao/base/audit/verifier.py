"""Check an exported audit journal without the system it came from. Standard library only.

    python3 verifier.py EXPORT --head EARLIER_HEAD.json [--head ...] [--json]

EXPORT is the file written by `xiaobao audit export` (.gz as well). A head is a signed statement
"the first N rows have this root", handed out earlier and kept outside the system. Holding one,
you find every change of those N rows: a flipped bit, a row removed, added, swapped or cut off,
or everything rewritten and signed again with another key. Rows younger than every head you hold
are checked against the heads in the export, which count only if signed with the same key.

Exit code 0: sound. 1: broken; the first bad row is named (rows count from 0). 2: wrong use.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Any

EXPORT_FORMAT = "xiaobao-audit-export/1"
HEAD_FORMAT = "xiaobao-audit-head/1"
Head = dict[str, Any]
Point = tuple[int, int, int, int]
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# --- Ed25519 verification (RFC 8032, section 5.1.7) ------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def point_add(a: Point, b: Point) -> Point:
    """Sum of two points in extended coordinates."""
    e1 = (a[1] - a[0]) * (b[1] - b[0]) % P
    e2 = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    e, f, g, h = e2 - e1, d - c, d + c, e2 + e1
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_multiply(scalar: int, point: Point) -> Point:
    """`scalar` times `point`."""
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = point_add(total, point)
        point = point_add(point, point)
        scalar >>= 1
    return total


def point_equal(a: Point, b: Point) -> bool:
    """Whether two points in extended coordinates are the same."""
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_read(data: bytes) -> Point | None:
    """The point of 32 bytes, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = point_read(BASE_Y.to_bytes(32, "little")) or (0, 1, 1, 0)


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `message` was made with the key `public` (32 bytes)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_read(public), point_read(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(digest, "little") % ORDER
    return point_equal(point_multiply(s, BASE), point_add(r, point_multiply(h, a)))


# --- Heads -----------------------------------------------------------------------------------------


def head_holds(head: Head, keys: set[Any]) -> bool:
    """Whether the head is well formed, signed with one of these keys, and its peaks give its root."""
    try:
        public = bytes.fromhex(head["public_key"])
        parts = (HEAD_FORMAT, head["size"], head["root"], head["at"], head["key_id"])
        message = "".join(f"{part}\n" for part in parts).encode()
        peaks = [bytes.fromhex(peak) for peak in head["peaks"]]
        signature = bytes.fromhex(head["signature"])
        return (
            head["format"] == HEAD_FORMAT
            and head["public_key"] in keys
            and head["key_id"] == hashlib.sha256(public).hexdigest()[:16]
            and len(peaks) == head["size"].bit_count()
            and fold(peaks).hex() == head["root"]
            and [signature.hex(), *(peak.hex() for peak in peaks)] == [head["signature"], *head["peaks"]]
            and signature_holds(public, message, signature)
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def fold(peaks: Sequence[bytes]) -> bytes:
    """Root of the tree with these peaks, widest first."""
    if not peaks:
        return hashlib.sha256(b"").digest()
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = hashlib.sha256(b"\x01" + peak + root).digest()
    return root


# --- The journal -----------------------------------------------------------------------------------


class Broken(Exception):
    """The file cannot be read further."""


class Check:
    """One pass over an export."""

    def __init__(self, held: list[Head]) -> None:
        self.held: dict[int, Head] = {head["size"]: head for head in held}
        self.keys: set[Any] = {head["public_key"] for head in held}
        self.findings: list[dict[str, Any]] = []
        self.rows = 0
        self.announced = 0
        self.vouched = 0
        self.peaks: list[bytes] = []
        self.inside: list[Head] = []

    def found(self, problem: str, first: int, last: int, text: str) -> None:
        """Keep a finding: rows first..last may be wrong."""
        self.findings.append({"problem": problem, "first_bad": first, "last_bad": last, "say": text})

    def read(self, file: IO[bytes]) -> None:
        """Read the whole file."""
        try:
            lines = iter(file)
            count = self._header(lines)
            for _ in range(count):
                self._head_line(lines)
            self._check_heads()
            self._rows(lines)
        except (Broken, EOFError, OSError, zlib.error, UnicodeDecodeError) as error:
            self.found(
                "unreadable",
                self.rows,
                self.rows,
                f"the file cannot be read on after row {self.rows}: {error}",
            )
        self._end()

    def _header(self, lines: Iterator[bytes]) -> int:
        header = parse(next(lines, b""))
        if not isinstance(header, dict) or header.get("format") != EXPORT_FORMAT:
            raise Broken("this is not a journal export")
        size, count = header.get("size"), header.get("heads")
        if not isinstance(size, int) or not isinstance(count, int):
            raise Broken("the header is damaged")
        self.announced = size
        return count

    def _head_line(self, lines: Iterator[bytes]) -> None:
        line = parse(next(lines, b""))
        head = line.get("head") if isinstance(line, dict) else None
        if not isinstance(head, dict) or not isinstance(head.get("size"), int):
            raise Broken("a head is damaged")
        if self.inside and head["size"] <= self.inside[-1]["size"]:
            self.found("head", head["size"], head["size"], "the heads are not in order")
        self.inside.append(head)

    def _check_heads(self) -> None:
        """Keep the heads that hold; without held heads the key of the last one is believed."""
        last = self.inside[-1] if self.inside else {"size": None}
        if last["size"] != self.announced:
            self.found("head", 0, self.announced, "the export has no head over all its rows")
        self.keys = self.keys or {last.get("public_key")}
        if last.get("public_key") not in self.keys:
            place = max(0, min(max(self.held), self.announced - 1))
            text = "the export is signed with another key than the heads you hold"
            self.found("re-signed", place, self.announced - 1, text)
        sound = []
        for head in self.inside:
            if head_holds(head, self.keys):
                sound.append(head)
            elif head.get("public_key") in self.keys or last.get("public_key") in self.keys:
                row = head["size"] - 1
                self.found("head", row, row, f"the export's head over {head['size']} rows was altered")
        self.inside = sound

    def _rows(self, lines: Iterator[bytes]) -> None:
        marks = {head["size"]: head for head in self.inside}
        stops = set(marks) | set(self.held)
        for line in lines:
            row = read_row(line, self.rows)
            if type(row) is dict:
                self._closing(row, next(lines, b""))
                return
            number, node, leaf = row
            if number != self.rows:
                kind = "rows are missing" if number > self.rows else "a row was added or moved"
                text = f"where row {self.rows} belongs stands row {number}: {kind}"
                self.found("order", self.rows, self.rows, text)
                return
            if node.hex() != leaf:
                self.found("altered", number, number, f"row {number} is not the row its hash was made from")
                node = stated(leaf)
            self._push(node)
            if self.rows in stops:
                self._stop(self.rows, marks.get(self.rows))
        raise Broken("the closing line is missing")

    def _push(self, node: bytes) -> None:
        """Add a leaf on the right of the tree."""
        peaks, bits = self.peaks, self.rows
        while bits & 1:
            node = hashlib.sha256(b"\x01" + peaks.pop() + node).digest()
            bits >>= 1
        peaks.append(node)
        self.rows += 1

    def _closing(self, line: dict[str, Any], rest: bytes) -> None:
        if line != {"end": self.rows} or rest or self.rows != self.announced:
            raise Broken("the closing line does not fit the rows")

    def _stop(self, size: int, inside: Head | None) -> None:
        """Compare with the heads over this many rows: the one held, and the export's own."""
        held, root = self.held.get(size), fold(self.peaks).hex()
        if held and held["root"] != root:
            first, last = self._narrow(held)
            self.found(
                "rewritten", first, last, f"rows {first}..{last} are not those of the head held at {size}"
            )
        signed = inside or held
        if signed and signed["root"] == root:
            self.vouched = size
        elif inside:
            text = f"rows {self.vouched}..{size - 1} are not those signed at {size} rows"
            self.found("root", self.vouched, size - 1, text)

    def _narrow(self, held: Head) -> tuple[int, int]:
        """The first complete subtree that differs from the held head's: its first and last row."""
        start = 0
        bits = [bit for bit in range(held["size"].bit_length(), -1, -1) if held["size"] >> bit & 1]
        for bit, mine, theirs in zip(bits, self.peaks, held["peaks"], strict=True):
            if mine.hex() != theirs:
                last = start + (1 << bit) - 1
                return max(start, min(self.vouched, last)), last
            start += 1 << bit
        return self.vouched, held["size"] - 1

    def _end(self) -> None:
        """Rows that a held head counts and the export no longer has."""
        newest = max(self.held, default=0)
        if newest > self.rows and not self.findings:
            text = f"the head held counts {newest} rows, the export ends after {self.rows}"
            self.found("truncated", self.rows, newest - 1, text)

    def answer(self) -> dict[str, Any]:
        """The result as plain values."""
        findings = sorted(self.findings, key=lambda one: (one["first_bad"], one["last_bad"]))
        return {
            "sound": not findings,
            "rows": self.rows,
            "heads": len(self.inside),
            "anchored": max(self.held, default=0),
            "first_bad": findings[0]["first_bad"] if findings else None,
            "findings": findings[:20],
        }


def read_row(line: bytes, place: int) -> Any:
    """(number, hash of the row, hash stated in the file); or the closing line's value."""
    try:
        text = line.decode()
        row = json.loads(text)
        if ENCODE(row) + "\n" != text:
            raise ValueError("not written as an export writes")
        if type(row) is dict:
            return row
        number, salt, leaf, body = row
        salted = bytes.fromhex(salt)
        if type(number) is not int or salted.hex() != salt:
            raise ValueError("no number or no salt")
        return number, hashlib.sha256(b"\x00" + salted + body.encode()).digest(), leaf
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Broken(f"row {place} is damaged ({type(error).__name__})") from None


def stated(leaf: object) -> bytes:
    """The leaf hash the file states, so that the tree is compared as it was signed."""
    try:
        return bytes.fromhex(str(leaf))
    except ValueError:
        return b""


def parse(line: bytes) -> Any:
    """The JSON value of one line, which must be written exactly as an export writes it."""
    try:
        value = json.loads(line)
        if ENCODE(value) + "\n" != line.decode():
            raise ValueError
    except (ValueError, RecursionError):
        raise Broken("a line is damaged") from None
    return value


def held_head(path: str) -> Head:
    """The head in this file; ends the program when it is not a sound head."""
    try:
        with open(path, encoding="utf-8") as file:
            head = json.load(file)
    except (OSError, ValueError) as error:
        sys.exit(f"{path}: {error}")
    if not isinstance(head, dict) or not head_holds(head, {head.get("public_key")}):
        sys.exit(f"{path}: not a sound tree head")
    return head


def say(answer: dict[str, Any]) -> None:
    """The answer in words, Chinese and English, whatever the terminal can show."""
    getattr(sys.stdout, "reconfigure", lambda **_: None)(errors="replace")
    anchored, rows = answer["anchored"], answer["rows"]
    trust = f"由此前的树头锚定 {anchored} 条" if anchored else "未锚定：没有给出此前的树头"
    trust_en = f"anchored by a head over {anchored} rows" if anchored else "NOT ANCHORED: no earlier head"
    if answer["sound"]:
        print(f"完好：{rows} 条，{answer['heads']} 个树头，{trust}")
        print(f"sound: {rows} rows, {answer['heads']} heads, {trust_en}")
        return
    print(f"已被改动：第一处在第 {answer['first_bad']} 条（共读 {rows} 条，{trust}）")
    print(f"BROKEN at row {answer['first_bad']} ({rows} rows read, {trust_en})")
    for finding in answer["findings"]:
        print(f"  {finding['problem']}: {finding['say']}")


def check_file(path: str, held: list[Head]) -> dict[str, Any]:
    """The answer for one export."""
    check = Check(held)
    if path.endswith(".gz"):
        with gzip.open(path, "rb") as packed:
            check.read(packed)  # type: ignore[arg-type]
    else:
        with open(path, "rb") as file:
            check.read(file)
    return check.answer()


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, check, answer."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("export", help="导出的日志 / exported journal")
    parser.add_argument("--head", action="append", default=[], help="此前的树头 / a head obtained earlier")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")
    options = parser.parse_args(arguments)
    try:
        answer = check_file(options.export, [held_head(path) for path in options.head])
    except SystemExit as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{options.export}: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        say(answer)
    return 0 if answer["sound"] else 1


if __name__ == "__main__":
    sys.exit(main())

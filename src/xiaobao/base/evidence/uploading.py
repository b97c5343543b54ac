"""Files on their way in: too large ones are thrown away while they come, the form around them is kept."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from xiaobao.base.evidence.formats import ALLOWED, BY_EXTENSION
from xiaobao.base.evidence.intake import too_large
from xiaobao.base.evidence.limits import LIMITS, megabytes
from xiaobao.base.refusals import sentence_of
from xiaobao.kernel.errors import InvalidInput


class RefusedFile(InMemoryUploadedFile):
    """Stands where a file was too large: its name and size, none of its bytes, and why."""

    refusal: InvalidInput


class Sieve(FileUploadHandler):
    """The first of the upload handlers: those after it see no byte beyond the limits."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.announced = self.kept = self.size = 0

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Note what the browser said the whole form weighs; the reading is Django's."""
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **kwargs)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The bytes for the next handler; None once the file or the form is too large."""
        self.size += len(raw_data)
        return None if self._refusal() else raw_data

    def file_complete(self, file_size: int) -> RefusedFile | None:
        """A stand-in for a refused file; None leaves the file to the next handler."""
        refusal = self._refusal()
        if refusal is None:
            self.kept += self.size
            return None
        file = RefusedFile(
            io.BytesIO(), self.field_name, self.file_name, self.content_type, self.size, self.charset
        )
        file.refusal = refusal
        return file

    def _refusal(self) -> InvalidInput | None:
        if self.size > LIMITS.file_bytes:
            return too_large(self.size)
        return request_too_large(self.announced) if self.kept + self.size > LIMITS.request_bytes else None


def request_too_large(size: int) -> InvalidInput:
    """The refusal of a whole form of `size` bytes."""
    return InvalidInput(
        "evidence.request_too_large",
        field="file",
        size=megabytes(size),
        limit=megabytes(LIMITS.request_bytes),
    )


def refused(file: Any) -> str:
    """Why this uploaded file was thrown away, with its name; '' for one that was kept."""
    refusal = getattr(file, "refusal", None)
    return f"“{file.name}”：{sentence_of(refusal)}" if refusal else ""


def told_to_browser() -> dict[str, str]:
    """Attributes of a file control: the limits and extensions, for the warning before anything is sent."""
    extensions = [f".{one}" for one in BY_EXTENSION]
    return {
        "accept": ",".join(extensions),
        "data-file-bytes": str(LIMITS.file_bytes),
        "data-request-bytes": str(LIMITS.request_bytes),
        "data-allowed": ALLOWED,
    }

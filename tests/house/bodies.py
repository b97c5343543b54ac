"""A smallest valid body for any operation of the interface, made from its own OpenAPI document."""

from __future__ import annotations

from typing import Any

TEXT = "样例文字，足够长，供校验通过。"


def bodies(schema: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """(path, method) -> a body the operation can read."""
    found = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            if "schema" in content:
                found[path, method.upper()] = value(content["schema"], schema)
    return found


def value(told: dict[str, Any], schema: dict[str, Any]) -> Any:
    """The plainest value of this type."""
    if "$ref" in told:
        return value(schema["components"]["schemas"][told["$ref"].rsplit("/", 1)[-1]], schema)
    for name in ("anyOf", "oneOf", "allOf"):
        if name in told:
            return value(told[name][0], schema)
    if "const" in told or "enum" in told:
        return told.get("const", told.get("enum", [None])[0])
    return _plain(told, schema)


def _plain(told: dict[str, Any], schema: dict[str, Any]) -> Any:
    kind = told.get("type")
    if kind == "object":
        needed = set(told.get("required", []))
        return {
            name: value(one, schema) for name, one in told.get("properties", {}).items() if name in needed
        }
    if kind == "array":
        return [value(told["items"], schema)] * int(told.get("minItems", 0))
    if kind == "string":
        return _text(told)
    return {"integer": max(1, int(told.get("minimum", 1))), "number": 1.0, "boolean": True}.get(str(kind))


def _text(told: dict[str, Any]) -> str:
    dated = {"date": "2026-01-10", "date-time": "2026-01-10T09:30:00+08:00"}
    if told.get("format") in dated:
        return dated[str(told["format"])]
    return (TEXT * 10)[: int(told.get("maxLength", len(TEXT)))]

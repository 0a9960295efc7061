"""The desk keeps the contract of docs/lapor-case-api.yaml."""

import re
from http import HTTPStatus
from pathlib import Path

import hypothesis
import jsonschema_rs
import pytest
import schemathesis
import yaml
from case_samples import NOON, TOKEN, a_key, new_report
from flask import Flask
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.cases.desk.ledger import Ledger

DOCUMENT = Path(__file__).parents[3] / "docs" / "lapor-case-api.yaml"
SCHEMA = schemathesis.openapi.from_path(DOCUMENT)
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PROBLEM = yaml.safe_load(DOCUMENT.read_text())["components"]["responses"]["Problem"]["content"]
BOUNDED = hypothesis.settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


def test_the_document_is_an_openapi_document() -> None:
    """The document is valid OpenAPI."""
    SCHEMA.validate()


def test_the_desk_serves_what_the_document_lists_and_nothing_else(desk: Flask) -> None:
    """Every path and method of the document has a route, and every route under /v1 is in the document."""
    documented = {(operation.method.upper(), re.sub(r"{\w+}", "{}", operation.path)) for operation in OPERATIONS}
    served = {
        (method, re.sub(r"<\w+>", "{}", rule.rule))
        for rule in desk.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/")
    }
    assert served == documented


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_what_the_document_allows_gets_an_answer_that_the_document_lists(
    operation: APIOperation, desk: Flask
) -> None:
    """Allowed requests get listed status codes, media types and bodies, for known reports and unknown ones."""
    ledger: Ledger = desk.extensions["ledger"]
    known = ledger.file(a_key(), new_report(), NOON).answer.report_id

    @BOUNDED
    @hypothesis.given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE), about_known=st.booleans()
    )
    def holds(case: Case, *, about_known: bool) -> None:
        if about_known and "id" in case.path_parameters:
            case.path_parameters["id"] = known
            if isinstance(case.body, dict):
                case.body.pop("attachments", None)
        case.validate_response(_call(case, desk), checks=CHECKS)

    holds()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_what_the_document_forbids_is_refused_with_a_problem(operation: APIOperation, desk: Flask) -> None:
    """Forbidden requests never break the desk; whatever is refused is refused with a problem."""

    @BOUNDED
    @hypothesis.given(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def holds(case: Case) -> None:
        response = _call(case, desk)
        assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            assert response.headers["content-type"] == ["application/problem+json"]
            jsonschema_rs.validate(PROBLEM["application/problem+json"]["schema"], response.json())

    holds()


def _call(case: Case, desk: Flask) -> Response:
    keyed = {"Idempotency-Key": a_key()} if case.headers and "Idempotency-Key" in case.headers else {}
    return case.call(app=desk, headers={**TOKEN, **keyed})

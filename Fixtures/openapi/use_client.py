#!/usr/bin/env python3
"""Generates a client with openapi-python-client and uses it; prints nothing if all goes as it should.

use_client.py OPENAPI CONFIG BASE_URL KEY
"""
import importlib
import os
import pathlib
import subprocess
import sys
import tempfile


def generate(document, config, folder):
    """The package, made in a folder; whatever the generator does not understand ends the program."""
    tools = str(pathlib.Path(sys.executable).parent)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", document, "--config", config]
    ended = subprocess.run(
        command + ["--meta", "none", "--output-path", folder + "/khop_client"],
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": tools + os.pathsep + os.environ.get("PATH", "/usr/bin:/bin")},
    )
    told = ended.stdout + ended.stderr
    if ended.returncode or "WARNING" in told or "error" in told.lower():
        sys.exit("the generator does not understand the document:\n" + told[:6000])


def main(document, config, base, key):
    with tempfile.TemporaryDirectory() as folder:
        generate(document, config, folder)
        sys.path.insert(0, folder)
        client = importlib.import_module("khop_client").AuthenticatedClient(base_url=base, token=key)
        models = importlib.import_module("khop_client.models")
        payment = "khop_client.api.payment."

        def call(name, **arguments):
            answer = importlib.import_module(name).sync_detailed(client=client, **arguments)
            assert answer.status_code < 300, f"{name}: {answer.status_code} {answer.content[:500]}"
            return answer.parsed

        order = models.Order(
            agency_code="H44.01",
            procedure_code="1.004222",
            channel=models.Channel.ONLINE,
            dossier_code="H44-26-0001",
            payer=models.OrderPayer(name="Nguyễn Văn An"),
        )
        quoted = call(payment + "quote", body=models.Order("H44.01", "1.004222", models.Channel.ONLINE))
        made = call(payment + "create_payment_request", body=order, idempotency_key="one")
        assert isinstance(made, models.PaymentRequest), made
        assert made.amount_due == quoted.amount_due == 10000, (made.amount_due, quoted)
        assert made.status == models.RequestStatus.PENDING and made.paid_at is None, made
        assert made.lines[0].applied[0].benefit == 10000, made.lines
        again = call(payment + "create_payment_request", body=order, idempotency_key="one")
        assert again.id == made.id, (again.id, made.id)
        read = call(payment + "get_payment_request", id=made.reference)
        assert read.id == made.id and read.created_at == made.created_at, read
        listed = call(payment + "find_payment_requests", dossier_code="H44-26-0001")
        assert [item.id for item in listed.items] == [made.id] and listed.next_cursor is None, listed
        fees = call("khop_client.api.catalogue.list_fees", procedure="1.004222", agency="H44.01")
        assert [fee.fee_code for fee in fees.items] == [line.fee_code for line in made.lines], fees
        ended = call(payment + "cancel_payment_request", id=made.reference)
        assert ended.status == models.RequestStatus.CANCELLED, ended
        refused = importlib.import_module(payment + "create_payment_request").sync(
            client=client, body=models.Order("NIX", "1.004222", models.Channel.ONLINE, dossier_code="D")
        )
        assert isinstance(refused, models.Problem) and refused.errors[0].pointer == "/agency_code", refused


main(*sys.argv[1:])

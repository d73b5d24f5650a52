"""One client's round on a Fanvue stand-in of its own, judged by written rules."""

import collections
import json
import os
import random
from typing import Any

from aiohttp import web

from bot.sandbox.fanvue import FanvueServer
from bot.sandbox.fanvue.routes import not_yet
from tests.proofs.foreign_clients.clients import ClientNotAvailable, ForeignClient
from tests.proofs.foreign_clients.explanations import explained
from tests.proofs.foreign_clients.fanvue_cast import furnish_cast
from tests.proofs.foreign_clients.given_contract import contract_file, given_contract, without_references
from tests.proofs.foreign_clients.round_process import said_by

Json = dict[str, Any]


class FanvueServerWithContract(FanvueServer):
    """Publishes its contract at `/openapi`, where fanvue-mcp looks for it."""

    published: Json

    def _application(self) -> web.Application:
        app = super()._application()

        async def contract(_: web.Request) -> web.Response:
            return web.json_response(self.published)

        app.router.add_get("/openapi", contract)
        return app


async def played_on_fanvue(client: ForeignClient) -> Json:
    """What the client did; what it did not like, with a reason or without."""
    source = contract_file()
    if source is None:
        raise ClientNotAvailable("CONTRACTS_DIR names no folder with fanvue/openapi.json")
    given = client.folder / "contract.json"
    same_each_time = random.Random(3)  # noqa: S311 - the ids of a stand-in
    async with FanvueServerWithContract(rng=same_each_time) as server:
        cast = await furnish_cast(server)
        document = given_contract(source, cast.ids)
        server.published = without_references(document)
        given.write_text(json.dumps(document))
        about = {
            "CLIENT_FOLDER": str(client.folder),
            "CLIENT_CONTRACT": str(given),
            "CLIENT_API": server.url,
            "CLIENT_TOKEN": cast.token,
            "CLIENT_IDS": json.dumps(cast.ids),
        }
        told = await said_by(client, {**os.environ, **about})
        judged = _judged(told.pop("failures"))
        judged["failures"] += [
            {"step": wrong.operation, "problem": f"answer: {wrong.problem}"[:400]}
            for wrong in server.contract_errors
            if wrong.direction != "request"
        ]
        done = told.pop("done")
        return {"operations": len(done), "not_built": len(not_yet()), **told, **judged}


def _judged(failures: list[Json]) -> Json:
    """The failures without a reason, and how often each reason was one."""
    reasons: collections.Counter[str] = collections.Counter()
    left = []
    for failure in failures:
        found = list(dict.fromkeys(explained(failure))) if "check" in failure else []
        reasons.update(found)
        if not found:
            left.append(failure)
    return {"explained": dict(reasons.most_common()), "failures": left}

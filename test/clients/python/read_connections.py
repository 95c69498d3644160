"""Reads connections with the hooks of Airflow's own providers.

    python read_connections.py OUTPUT < connections.json

Standard input is a list of {"id", "fields"}, where fields are those of a
connection as a deployment gets them. Each goes into the environment, as Astro
and everybody else may give a connection to Airflow; the real hook of its type
reads it from there and calls its client library, whose entry is replaced by a
recorder (recorders.py). OUTPUT gets, for each, how Airflow's Connection reads
the fields and what the library was called with, or the error.

Nothing leaves this machine: sockets to anywhere else are refused.
"""

import json
import os
import socket
import sys


def refuse_network() -> None:
    def refused(*_args, **_kwargs):
        raise OSError("the hook tried to reach the network")

    socket.getaddrinfo = refused
    socket.socket.connect = refused
    socket.socket.connect_ex = refused


def plain(value):
    """What JSON can say; of other objects the class."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, bytes):
        import base64

        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    if isinstance(value, type):
        return f"<class {value.__name__}>"
    return f"<{type(value).__name__}>"


def seen_by_airflow(connection_id):
    from airflow.sdk.bases.hook import BaseHook

    connection = BaseHook.get_connection(connection_id)
    return {
        "conn_type": connection.conn_type,
        "host": connection.host,
        "schema": connection.schema,
        "login": connection.login,
        "password": connection.password,
        "port": connection.port,
        "extra": connection.extra_dejson,
    }


def read(connection_id, fields):
    from recorders import UnknownType, calls_of

    os.environ[f"AIRFLOW_CONN_{connection_id.upper()}"] = json.dumps(fields)
    reading = {"id": connection_id}
    try:
        reading["fields"] = plain(seen_by_airflow(connection_id))
        reading["calls"] = plain(calls_of(connection_id, fields["conn_type"]))
    except UnknownType:
        raise
    except Exception as error:
        reading["error"] = f"{type(error).__name__}: {error}"
    return reading


def main() -> None:
    refuse_network()
    connections = json.load(sys.stdin)
    readings = [read(one["id"], one["fields"]) for one in connections]
    with open(sys.argv[1], "w", encoding="utf-8") as output:
        json.dump(readings, output)


if __name__ == "__main__":
    main()

"""For each type of Airflow: the real hook, with the entry of its client library replaced.

A recorder notes what it is called with, and has the library itself look at it
as far as that does without a server: an option that the library does not know
is an error here, as it would be in a deployment.
"""

import inspect
import sys
import types
from unittest.mock import patch


class UnknownType(Exception):
    """There is no recorder for this type: the tests need one."""


class Recorded(BaseException):
    """Ends a hook where it would connect. No Exception, so that no hook takes it for a failure and tries again."""


class Calls(list):
    def note(self, name, *args, **kwargs):
        self.append([name, kwargs if not args else {"": list(args), **kwargs}])

    def end_with(self, name, check=None):
        """A recorder that goes no further."""

        def recorder(*args, **kwargs):
            self.note(name, *args, **kwargs)
            if check is not None:
                check(*args, **kwargs)
            raise Recorded

        return recorder

    def pass_on(self, name, real):
        """A recorder of something that does not connect before it is used."""

        def recorder(*args, **kwargs):
            self.note(name, *args, **kwargs)
            return real(*args, **kwargs)

        return recorder


def calls_of(connection_id, conn_type):
    recorder = RECORDERS.get(conn_type)
    if recorder is None:
        raise UnknownType(conn_type)
    calls = Calls()
    try:
        recorder(connection_id, calls)
    except Recorded:
        pass
    if not calls:
        raise RuntimeError("the hook called nothing")
    return calls


def postgres(connection_id, calls):
    import psycopg
    from airflow.providers.postgres.hooks.postgres import USE_PSYCOPG3, PostgresHook

    assert USE_PSYCOPG3
    own = inspect.signature(psycopg.Connection.connect).parameters

    def check(**kwargs):
        psycopg.conninfo.make_conninfo(**{key: value for key, value in kwargs.items() if key not in own})

    with patch.object(psycopg.Connection, "connect", calls.end_with("psycopg.Connection.connect", check)):
        PostgresHook(connection_id).get_conn()


# mysqlclient needs a compiler and MySQL's headers to install, so this is its signature, from its documents and _mysql.c (2.2).
MYSQLCLIENT_OPTIONS = frozenset(
    "host user password passwd db database port unix_socket conv compress connect_timeout named_pipe "
    "init_command read_default_file read_default_group cursorclass use_unicode charset collation "
    "auth_plugin sql_mode client_flag multi_statements ssl ssl_mode server_public_key_path local_infile "
    "autocommit binary_prefix read_timeout write_timeout".split()
)
MYSQLCLIENT_SSL_MODES = ("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY")


def mysqlclient(calls):
    def check(**kwargs):
        for key in kwargs:
            if key not in MYSQLCLIENT_OPTIONS:
                raise TypeError(f"{key!r} is an invalid keyword argument for connect()")
        if kwargs.get("ssl_mode", "PREFERRED") not in MYSQLCLIENT_SSL_MODES:
            raise ValueError("Unknown ssl_mode")

    module = types.ModuleType("MySQLdb")
    module.connect = calls.end_with("MySQLdb.connect", check)
    module.cursors = types.ModuleType("MySQLdb.cursors")
    for name in ("SSCursor", "DictCursor", "SSDictCursor"):
        setattr(module.cursors, name, type(name, (), {}))
    return {"MySQLdb": module, "MySQLdb.cursors": module.cursors}


def mysql(connection_id, calls):
    import mysql.connector
    from airflow.providers.mysql.hooks.mysql import MySqlHook
    from mysql.connector.connection import MySQLConnection

    def check(**kwargs):
        MySQLConnection().config(**kwargs)

    with (
        patch.dict(sys.modules, mysqlclient(calls)),
        patch.object(mysql.connector, "connect", calls.end_with("mysql.connector.connect", check)),
    ):
        MySqlHook(connection_id).get_conn()


def http(connection_id, calls):
    import requests
    from airflow.providers.http.hooks.http import HttpHook

    usual = requests.utils.default_headers()

    def send(_session, request, **kwargs):
        headers = {key: value for key, value in request.headers.items() if usual.get(key) != value}
        calls.note("requests", method=request.method, url=request.url, headers=headers, **kwargs)
        raise Recorded

    with patch.object(requests.Session, "send", send):
        HttpHook(method="GET", http_conn_id=connection_id).run("things")


def kafka(connection_id, calls):
    from airflow.providers.apache.kafka.hooks import base
    from confluent_kafka.admin import AdminClient

    def check(config):
        # librdkafka looks at names and values, and would connect at once.
        AdminClient({**config, "bootstrap.servers": "127.0.0.1:9", "log_level": 0})

    def recorder(config):
        calls.note("AdminClient", **config)
        check(config)
        raise Recorded

    with patch.object(base, "AdminClient", recorder):
        base.KafkaBaseHook(connection_id).get_conn


def snowflake(connection_id, calls):
    import snowflake.connector
    from airflow.providers.snowflake.hooks.snowflake import SnowflakeHook

    with patch.object(snowflake.connector, "connect", calls.end_with("snowflake.connector.connect")):
        SnowflakeHook(connection_id).get_conn()


def elasticsearch(connection_id, calls):
    from airflow.providers.elasticsearch.hooks import elasticsearch as module

    with patch.object(module, "Elasticsearch", calls.pass_on("Elasticsearch", module.Elasticsearch)):
        module.ElasticsearchSQLHook(elasticsearch_conn_id=connection_id).get_conn()


def aws(connection_id, calls):
    """What S3 is asked, and where, and with which key; a role is assumed first."""
    import datetime

    from airflow.providers.amazon.aws.hooks.s3 import S3Hook
    from botocore.client import BaseClient

    def ask(client, operation, parameters):
        credentials = client._request_signer._credentials
        # Of a role they are got now, by another call that is recorded.
        frozen = credentials.get_frozen_credentials() if operation != "AssumeRole" else credentials
        parameters = {key: value for key, value in parameters.items() if key != "RoleSessionName"}
        calls.note(
            operation,
            endpoint=client.meta.endpoint_url,
            region=client.meta.region_name,
            key=[frozen.access_key, frozen.secret_key, frozen.token] if frozen else None,
            verify=client._endpoint.http_session._verify,
            **parameters,
        )
        if operation == "AssumeRole":
            expiration = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
            return {
                "Credentials": {
                    "AccessKeyId": "role-key",
                    "SecretAccessKey": "role-secret",
                    "SessionToken": "role-token",
                    "Expiration": expiration,
                },
                "ResponseMetadata": {"HTTPStatusCode": 200},
            }
        raise Recorded

    with patch.object(BaseClient, "_make_api_call", ask):
        S3Hook(aws_conn_id=connection_id).head_object("a-key")


def athena(connection_id, calls):
    import pyathena
    from airflow.providers.amazon.aws.hooks.athena_sql import AthenaSQLHook

    def connect(session, **kwargs):
        credentials = session.get_credentials()
        calls.note(
            "pyathena.connect",
            key=[credentials.access_key, credentials.secret_key, credentials.token],
            **kwargs,
        )
        raise Recorded

    with patch.object(pyathena, "connect", connect):
        AthenaSQLHook(athena_conn_id=connection_id, aws_conn_id=connection_id).get_conn()


def redshift(connection_id, calls):
    import redshift_connector
    from airflow.providers.amazon.aws.hooks.redshift_sql import RedshiftSQLHook

    check = inspect.signature(redshift_connector.connect).bind
    with patch.object(redshift_connector, "connect", calls.end_with("redshift_connector.connect", check)):
        RedshiftSQLHook(redshift_conn_id=connection_id).get_conn()


def mongo(connection_id, calls):
    from airflow.providers.mongo.hooks import mongo as module
    from pymongo import MongoClient

    def check(uri, **options):
        MongoClient(uri, **{**options, "connect": False}).close()

    def recorder(uri, **options):
        calls.note("MongoClient", uri=uri, **options)
        check(uri, **options)
        raise Recorded

    with patch.object(module, "MongoClient", recorder):
        module.MongoHook(mongo_conn_id=connection_id).get_conn()


def redis(connection_id, calls):
    from airflow.providers.redis.hooks import redis as module

    with patch.object(module, "Redis", calls.pass_on("Redis", module.Redis)):
        module.RedisHook(redis_conn_id=connection_id).get_conn()


def ssh_connect(calls):
    import paramiko

    signature = inspect.signature(paramiko.SSHClient.connect)

    def connect(client, **kwargs):
        policy = type(client._policy).__name__
        key = kwargs.pop("pkey", None)
        calls.note(
            "paramiko.SSHClient.connect",
            policy=policy,
            key_type=key and key.get_name(),
            known_hosts=sorted(client.get_host_keys()),
            **kwargs,
        )
        signature.bind(client, pkey=key, **kwargs)
        raise Recorded

    return patch.object(paramiko.SSHClient, "connect", connect)


def ssh(connection_id, calls):
    from airflow.providers.ssh.hooks.ssh import SSHHook

    with ssh_connect(calls):
        SSHHook(ssh_conn_id=connection_id).get_conn()


def sftp(connection_id, calls):
    from airflow.providers.sftp.hooks.sftp import SFTPHook

    with ssh_connect(calls):
        SFTPHook(ssh_conn_id=connection_id).get_conn()


def smtp(connection_id, calls):
    import smtplib

    from airflow.providers.smtp.hooks.smtp import SmtpHook

    def client(name):
        class Client:
            def __init__(self, **kwargs):
                calls.note(name, **kwargs)

            def starttls(self, **kwargs):
                calls.note("starttls", **kwargs)

            def ehlo(self):
                pass

            def login(self, user, password):
                calls.note("login", user=user, password=password)
                raise Recorded

        return patch.object(smtplib, name, Client)

    with client("SMTP"), client("SMTP_SSL"):
        SmtpHook(smtp_conn_id=connection_id).get_conn()


def ftp(connection_id, calls):
    import ftplib

    from airflow.providers.ftp.hooks.ftp import FTPHook

    with (
        patch.object(ftplib.FTP, "connect", lambda _self, *args: calls.note("connect", *args)),
        patch.object(ftplib.FTP, "login", lambda _self, *args: calls.note("login", *args)),
        patch.object(ftplib.FTP, "set_pasv", lambda _self, *args: calls.note("set_pasv", *args)),
    ):
        FTPHook(ftp_conn_id=connection_id).get_conn()


def trino(connection_id, calls):
    import trino.dbapi
    from airflow.providers.trino.hooks.trino import TrinoHook

    real = trino.dbapi.connect

    def connect(*, auth, http_headers, **kwargs):
        told = {name.strip("_"): getattr(auth, name) for name in ("_username", "_password", "token") if hasattr(auth, name)}
        calls.note("trino.dbapi.connect", auth=told or None, **kwargs)
        return real(auth=auth, http_headers=http_headers, **kwargs)

    with patch.object(trino.dbapi, "connect", connect):
        TrinoHook(trino_conn_id=connection_id).get_conn()


def slack(connection_id, calls):
    from airflow.providers.slack.hooks import slack as module

    def recorder(*, logger, **kwargs):
        calls.note("WebClient", **kwargs)
        return module_client(logger=logger, **kwargs)

    module_client = module.WebClient
    with patch.object(module, "WebClient", recorder):
        module.SlackHook(slack_conn_id=connection_id).get_conn()


def sqlite(connection_id, calls):
    import sqlite3

    from airflow.providers.sqlite.hooks.sqlite import SqliteHook

    with patch.object(sqlite3, "connect", calls.end_with("sqlite3.connect")):
        SqliteHook(sqlite_conn_id=connection_id).get_conn()


def databricks(connection_id, calls):
    from airflow.providers.databricks.hooks import databricks_sql as module

    def connect(host, http_path, token, **kwargs):
        kwargs.pop("user_agent_entry")
        calls.note("databricks.sql.connect", host=host, http_path=http_path, token=token, **kwargs)
        raise Recorded

    with patch.object(module.sql, "connect", connect):
        module.DatabricksSqlHook(databricks_conn_id=connection_id).get_conn()


def wasb(connection_id, calls):
    from airflow.providers.microsoft.azure.hooks import wasb as module

    with patch.object(module, "BlobServiceClient", calls.pass_on("BlobServiceClient", module.BlobServiceClient)):
        module.WasbHook(wasb_conn_id=connection_id).get_conn()


RECORDERS = {
    "athena": athena,
    "aws": aws,
    "databricks": databricks,
    "elasticsearch": elasticsearch,
    "ftp": ftp,
    "http": http,
    "kafka": kafka,
    "mongo": mongo,
    "mysql": mysql,
    "postgres": postgres,
    "redis": redis,
    "redshift": redshift,
    "sftp": sftp,
    "slack": slack,
    "smtp": smtp,
    "snowflake": snowflake,
    "sqlite": sqlite,
    "ssh": ssh,
    "trino": trino,
    "wasb": wasb,
}

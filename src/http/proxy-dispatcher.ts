import {
  Agent,
  buildConnector,
  type Dispatcher,
  Pool,
  ProxyAgent,
  Socks5ProxyAgent,
} from "undici";

/**
 * Takes requests to https addresses through a proxy: by CONNECT (`http:`,
 * `https:`) or SOCKS5 (`socks5:`, `socks5h:`; both leave names to the proxy).
 * The proxy sees the host and nothing else: TLS is spoken, and the certificate
 * checked, with the platform itself. What is wrong with the proxy is a
 * `ProxyError`, or has a code of undici's that begins with UND_ERR_SOCKS5.
 */
export function createProxyDispatcher(
  proxy: URL,
  connectTimeoutMs: number,
): Dispatcher {
  if (!isEscaped(proxy.username + proxy.password))
    return refusing("PROXY_CREDENTIAL_NOT_ESCAPED");
  switch (proxy.protocol) {
    case "http:":
    case "https:":
      return tunnelThrough(proxy, connectTimeoutMs);
    case "socks5:":
    case "socks5h:":
      return socksThrough(proxy, connectTimeoutMs);
    default:
      return refusing("PROXY_NOT_SUPPORTED");
  }
}

/** For a proxy that cannot even be asked. */
function refusing(code: string): Dispatcher {
  return new Agent({
    connect: (_options, callback) => callback(new ProxyError(code), null),
  });
}

function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** What is thrown where the proxy does not open the way: nothing was sent to the platform then. */
class ProxyError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function tunnelThrough(proxy: URL, connectTimeoutMs: number): Dispatcher {
  const { username, password } = proxy;
  const credential = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new ProxyAgent({
    uri: proxy.origin,
    ...(username !== "" && {
      token: `Basic ${Buffer.from(credential).toString("base64")}`,
    }),
    requestTls: { timeout: connectTimeoutMs },
    clientFactory: (origin) =>
      new ProxyPool(origin, {
        connect: { timeout: connectTimeoutMs },
        headersTimeout: connectTimeoutMs,
      }),
  });
}

/** The connections to a proxy itself. */
class ProxyPool extends Pool {
  override async connect(
    options: Omit<Dispatcher.ConnectOptions, "origin">,
  ): Promise<Dispatcher.ConnectData> {
    const answer = await super.connect(options).catch(() => {
      throw new ProxyError("PROXY_NOT_REACHED");
    });
    const { statusCode, socket } = answer;
    // Any success opens the way; undici knows but one.
    if (statusCode >= 200 && statusCode < 300)
      return { ...answer, statusCode: 200 };
    socket.destroy();
    throw new ProxyError(
      statusCode === 407
        ? "PROXY_CREDENTIAL_REFUSED"
        : `PROXY_REFUSED_${statusCode}`,
    );
  }
}

/** The proxy's answers have 5 seconds each, which undici 7 does not let one set. */
function socksThrough(proxy: URL, connectTimeoutMs: number): Dispatcher {
  const connect = buildConnector({ timeout: connectTimeoutMs });
  const address = proxy.href.replace(/^socks5h:/, "socks5:");
  return new Socks5ProxyAgent(address, {
    connect: (options, callback) => {
      const hostname = options.hostname.replace(/^\[|\]$/g, "");
      connect({ ...options, hostname }, (error, socket) => {
        if (error !== null)
          return callback(new ProxyError("PROXY_NOT_REACHED"), null);
        // undici 7 forgets the connection to a proxy that falls silent (nodejs/undici#5704): it must not keep the process.
        socket.unref();
        callback(null, socket);
      });
    },
  });
}

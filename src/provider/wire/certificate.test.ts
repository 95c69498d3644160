import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { createCertificate } from "./certificate";

const now = new Date("2026-03-01T12:00:00Z");
const made = createCertificate(now);
const certificate = new X509Certificate(made.certPem);

test("the certificate says what core wants to read", () => {
  expect(certificate.subject).toContain("CN=localhost");
  expect(certificate.subjectAltName).toBe("DNS:localhost");
  expect(certificate.ca).toBe(true);
  expect(certificate.keyUsage).toEqual([
    "1.3.6.1.5.5.7.3.2",
    "1.3.6.1.5.5.7.3.1",
  ]);
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe(
    "prime256v1",
  );
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(new Date(certificate.validFrom).getTime()).toBeLessThan(now.getTime());
  expect(new Date(certificate.validTo).getFullYear()).toBe(2056);
});

test("the form for the handshake line is the same certificate, without padding", () => {
  expect(made.certDerBase64WithoutPadding).not.toContain("=");
  expect(
    Buffer.from(made.certDerBase64WithoutPadding, "base64").equals(
      certificate.raw,
    ),
  ).toBe(true);
});

test("no two are alike", () => {
  expect(
    new X509Certificate(createCertificate(now).certPem).serialNumber,
  ).not.toBe(certificate.serialNumber);
});

test("a TLS client that trusts only this certificate connects to localhost", async () => {
  const { certPem, keyPem } = createCertificate(new Date());
  const server = createServer({ cert: certPem, key: keyPem }, (socket) =>
    socket.end("hello"),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({
    host: "127.0.0.1",
    port,
    servername: "localhost",
    ca: certPem,
  });
  const [greeting] = (await once(socket, "data")) as [Buffer];
  expect(greeting.toString()).toBe("hello");
  expect(socket.authorized).toBe(true);
  socket.destroy();
  server.close();
});

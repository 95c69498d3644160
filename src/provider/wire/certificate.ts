/**
 * The server's certificate for mutual TLS with core: self-signed, made anew by each process, never written to disk.
 * Core takes exactly this certificate, announced in the handshake line, as its only root, and asks for `localhost`.
 * Node has no writer for X.509, hence the ASN.1.
 */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import {
  bitString,
  boolean,
  explicit,
  implicit,
  objectIdentifier,
  octetString,
  positiveInteger,
  sequence,
  set,
  time,
  utf8String,
} from "./der";

export interface ServerCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  /** As it stands in the handshake line: with padding, core refuses it. */
  readonly certDerBase64WithoutPadding: string;
}

export function createCertificate(now: Date): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });
  const algorithm = sequence(objectIdentifier(ECDSA_WITH_SHA256));
  const name = sequence(
    relativeName(ORGANIZATION, "Patchbay"),
    relativeName(COMMON_NAME, "localhost"),
  );
  const toBeSigned = sequence(
    explicit(0, positiveInteger(Buffer.from([2]))), // version 3
    positiveInteger(randomBytes(16)),
    algorithm,
    name,
    sequence(
      time(new Date(now.getTime() - CLOCK_SLACK_MS)),
      time(new Date(now.getTime() + VALIDITY_MS)),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(...extensions())),
  );
  const der = sequence(
    toBeSigned,
    algorithm,
    bitString(sign("sha256", toBeSigned, privateKey)),
  );
  const base64 = der.toString("base64");
  return {
    certPem: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certDerBase64WithoutPadding: base64.replace(/=+$/, ""),
  };
}

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";
/** Clocks need not agree to the second, nor stay as they are. */
const CLOCK_SLACK_MS = 24 * 3600_000;
const VALIDITY_MS = 30 * 365 * 24 * 3600_000;

function relativeName(type: string, value: string): Buffer {
  return set(sequence(objectIdentifier(type), utf8String(value)));
}

function extensions(): Buffer[] {
  const critical = boolean(true);
  const keyUsage = bitString(Buffer.from([KEY_USAGE]), 2);
  const serverAuth = objectIdentifier("1.3.6.1.5.5.7.3.1");
  const clientAuth = objectIdentifier("1.3.6.1.5.5.7.3.2");
  return [
    sequence(
      objectIdentifier("2.5.29.19"),
      critical,
      octetString(sequence(boolean(true))),
    ), // CA
    sequence(objectIdentifier("2.5.29.15"), critical, octetString(keyUsage)),
    sequence(
      objectIdentifier("2.5.29.37"),
      octetString(sequence(clientAuth, serverAuth)),
    ),
    sequence(
      objectIdentifier("2.5.29.17"),
      octetString(sequence(implicit(DNS_NAME, Buffer.from("localhost")))),
    ),
  ];
}

/** digitalSignature, keyEncipherment, keyAgreement and keyCertSign, from the first bit on. */
const KEY_USAGE = 0b10101100;
const DNS_NAME = 2;

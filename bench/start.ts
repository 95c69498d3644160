import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { PATCHBAY_VERSION } from "../src/model";
import { type Figure, ratio } from "./figure";
import { byTurns } from "./median";

const executable = join(
  __dirname,
  `../provider/terraform-provider-patchbay_v${PATCHBAY_VERSION}`,
);

/** From exec to the handshake line, against node doing nothing. */
export async function measureStart(): Promise<Figure> {
  const times = await byTurns(31, {
    measured: handshake,
    floor: () => spawnSync("node", ["-e", "0"]),
  });
  return ratio({
    name: "start of the provider",
    limit: 2.2,
    ...times,
    floorName: "node -e 0",
  });
}

function handshake(): Promise<void> {
  return new Promise((resolve, reject) => {
    const provider = spawn(executable, {
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE:
          "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
        PLUGIN_CLIENT_CERT: CLIENT_CERTIFICATE,
      },
      stdio: ["ignore", "pipe", "ignore"],
    });
    provider.once("error", reject);
    provider.stdout.once("data", () => {
      provider.kill("SIGKILL");
      resolve();
    });
  });
}

/** As core sends one; it is only read once somebody connects. Its key was thrown away. */
const CLIENT_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIICHTCCAX6gAwIBAgIUX5Az6mMR4zBtmz76/clS5VoFfSUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMDEwMjYyOFoYDzIxMjYxMDI3
MTAyNjI4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwgZswEAYHKoZIzj0CAQYFK4EE
ACMDgYYABAEDmz9Hx08Otm9uHApyZQEaYJxXINXrS7q3nopXqCWGjUTouyxLnadr
TyT1p0QL5ezczqjdPoaeD+7tPqI/IRS26AG163TrUX8sPgQi8qPAS7tWyR6et9tb
7Hm1NEQNxvvzcKqfsTwGpPDjEcW3RWFpWPvs1JPAH1j+/pldXMFvGZnb7qNpMGcw
HQYDVR0OBBYEFDmDjqP3H9JvDyEYjAV7E5zsqNOfMB8GA1UdIwQYMBaAFDmDjqP3
H9JvDyEYjAV7E5zsqNOfMA8GA1UdEwEB/wQFMAMBAf8wFAYDVR0RBA0wC4IJbG9j
YWxob3N0MAoGCCqGSM49BAMCA4GMADCBiAJCAMzeftc+6MV+eV4kAL0wKaOXx00C
duZFvO20c2W3mPMfRaFvJ3VKn5LxQrAC2mS5cW6WADv2QJlVQQfBslZt37kjAkIA
qkmHSsrIe8FXCeRZQbXsthqLbjc122SWQTUQidoB8nVd0cvmk7LL5Pzc6G8a1ijY
oHwQDAZT+zEZjbyfS9yX+q0=
-----END CERTIFICATE-----
`;

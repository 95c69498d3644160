import { jdbcType } from "./jdbc-type";

/** `jdbc:mysql://host:port/database?sslMode=…` */
export const mysql = jdbcType({
  type: "mysql",
  title: "MySQL",
  subprotocol: "mysql",
  // Without sslMode the driver does what the catalogue's default says: preferred.
  parameters: { ssl_mode: "sslMode" },
  sslModes: "capitals",
  lacks: [
    "charset",
    "parameters",
    "ssl_root_certificate",
    "ssl_certificate",
    "ssl_key",
  ],
});

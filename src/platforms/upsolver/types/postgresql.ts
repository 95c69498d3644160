import { jdbcType } from "./jdbc-type";

/** `jdbc:postgresql://host:port/database?currentSchema=…&sslmode=…` */
export const postgresql = jdbcType({
  type: "postgresql",
  title: "PostgreSQL",
  subprotocol: "postgresql",
  // Without sslmode the driver does what the catalogue's default says: prefer.
  parameters: { schema: "currentSchema", ssl_mode: "sslmode" },
  lacks: ["parameters", "ssl_root_certificate", "ssl_certificate", "ssl_key"],
});

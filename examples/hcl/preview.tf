# What a deployment would see of a connection, before there is a link: computed without asking the hub. Terraform >= 1.8.
output "warehouse_in_development" {
  value = provider::patchbay::effective(patchbay_connection.warehouse.config, {
    schema = "DEV"
    role   = null
  })
}

variable "astro_organization_id" {
  type        = string
  description = "Id of the Astro organization, from its settings page."
}

variable "astro_host" {
  type        = string
  default     = null
  description = "Address of Astro's API, for an Astro of your own domain."
}

variable "staging_schema" {
  type    = string
  default = "STAGING"
}

variable "warehouse_password" {
  type      = string
  ephemeral = true
}

variable "warehouse_staging_password" {
  type      = string
  ephemeral = true
}

variable "lake_secret_access_key" {
  type      = string
  ephemeral = true
}

variable "airbyte_password" {
  type      = string
  ephemeral = true
}

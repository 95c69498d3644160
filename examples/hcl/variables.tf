# What may differ from run to run; everything else is reviewed as code.
variable "staging_schema" {
  description = "Default schema of the warehouse in the staging deployment."
  type        = string
  default     = "STAGING"
}

# Secrets come from the environment (TF_VAR_warehouse_password, ...) and are kept neither in the plan nor in the state.
variable "warehouse_password" {
  type      = string
  ephemeral = true
}

variable "warehouse_staging_password" {
  type      = string
  ephemeral = true
}

variable "orders_password" {
  type      = string
  ephemeral = true
}

variable "orders_staging_password" {
  type      = string
  ephemeral = true
}

variable "airflow_metadata_password" {
  type      = string
  ephemeral = true
}

variable "crm_password" {
  type      = string
  ephemeral = true
}

variable "partner_exports_secret_access_key" {
  type      = string
  ephemeral = true
}

variable "kafka_password" {
  type      = string
  ephemeral = true
}

variable "payments_token" {
  type      = string
  ephemeral = true
}

variable "payments_sandbox_token" {
  type      = string
  ephemeral = true
}

variable "partner_password" {
  type      = string
  ephemeral = true
}

variable "partner_api_key" {
  type      = string
  ephemeral = true
}

variable "search_api_key" {
  type      = string
  ephemeral = true
}

variable "logs_password" {
  type      = string
  ephemeral = true
}

variable "bank_password" {
  type      = string
  ephemeral = true
}

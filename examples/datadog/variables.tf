variable "orders_token" {
  type        = string
  ephemeral   = true
  description = "Bearer token of the orders service."
}

variable "partner_key" {
  type        = string
  ephemeral   = true
  description = "Key of the partner's interface."
}

variable "openai_token" {
  type      = string
  ephemeral = true
}

variable "platform_team" {
  type        = string
  description = "UUID of the Datadog team that looks after these connections."
  default     = "7a1b2c3d-0000-4000-8000-000000000001"
}

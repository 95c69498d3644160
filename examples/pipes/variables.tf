variable "aws_access_key" {
  type      = string
  ephemeral = true
}

variable "aws_secret_key" {
  type      = string
  ephemeral = true
}

variable "github_token" {
  type      = string
  ephemeral = true
}

variable "warehouse_password" {
  type      = string
  ephemeral = true
}

variable "aws_regions" {
  type    = list(string)
  default = ["eu-central-1", "us-east-1"]
}

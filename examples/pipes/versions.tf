terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    patchbay = {
      source  = "patchbay/patchbay"
      version = "~> 0.1"
    }
  }
}

# The token comes from PIPES_TOKEN; for a tenant of your own, PIPES_HOST is its host.
provider "patchbay" {
  organization = "acme"
  pipes        = {}
}

terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    patchbay = {
      source  = "patchbay/patchbay"
      version = "~> 0.1"
    }
  }
}

# The token comes from ASTRO_API_TOKEN.
provider "patchbay" {
  astro = {
    organization_id = var.astro_organization_id
    host            = var.astro_host
  }
}

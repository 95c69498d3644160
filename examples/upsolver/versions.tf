terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    patchbay = {
      source  = "patchbay/patchbay"
      version = "~> 0.1"
    }
  }
}

# Address and token come from UPSOLVER_API_URL and UPSOLVER_TOKEN.
provider "patchbay" {
  organization = "acme"
  upsolver     = {}
}

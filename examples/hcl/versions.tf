terraform {
  required_version = ">= 1.11" # write-only arguments; README.md says how to do without

  required_providers {
    patchbay = {
      source  = "patchbay/patchbay"
      version = "~> 0.1"
    }
  }
}

# The embedded hub: a folder here, no server to start.
provider "patchbay" {
  organization = "acme"
  hub          = { path = ".patchbay" }
}

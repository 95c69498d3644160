terraform {
  required_version = ">= 1.11" # write-only arguments; README.md says how to do without

  required_providers {
    patchbay = {
      source  = "patchbay/patchbay"
      version = "~> 0.1"
    }
  }
}

# The keys come from DD_API_KEY and DD_APP_KEY, the site from DD_SITE.
provider "patchbay" {
  organization = "acme"
  datadog      = {}
}

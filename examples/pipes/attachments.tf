# Each of these grants the permission for its workspace and attaches the schema; destroying it detaches and revokes.
resource "patchbay_workspace_attachment" "aws" {
  for_each      = toset(["analytics", "science"])
  connection_id = patchbay_connection.aws.id
  workspace     = each.key
}

resource "patchbay_workspace_attachment" "warehouse" {
  connection_id = patchbay_connection.warehouse.id
  workspace     = "analytics"
}

data "patchbay_connection_usage" "aws" {
  connection_id = patchbay_connection.aws.id
  depends_on    = [patchbay_workspace_attachment.aws]
}

output "aws_workspaces" {
  value = data.patchbay_connection_usage.aws.workspaces[*].workspace
}

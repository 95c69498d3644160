variable "orders_password" {
  type      = string
  ephemeral = true
}

variable "kafka_password" {
  type      = string
  ephemeral = true
}

variable "shop_password" {
  type      = string
  ephemeral = true
}

variable "brokers" {
  type    = list(string)
  default = ["kafka-1.example.com:9092", "kafka-2.example.com:9092"]
}

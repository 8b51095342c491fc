/// A number as files have it: whole numbers without a point, others with all their digits.
func plainNumber(_ value: Double) -> String {
  value.rounded() == value && abs(value) < 1e15 ? String(Int(value)) : String(value)
}

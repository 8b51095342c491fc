/// The shortest text that reads back as the same number. Whole numbers have no fraction.
package func number(_ value: Double) -> String {
  value.rounded() == value && abs(value) < 1e15 ? String(Int(value)) : String(value)
}

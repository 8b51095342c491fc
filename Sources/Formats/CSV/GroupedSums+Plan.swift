/// What is added up, by what, and what comes of it.
extension GroupedSums {
  /// What is added up. Numbers are indices of `Plan.amountColumns`.
  package enum Term: Equatable, Sendable {
    case sum(Int)
    /// One column times another.
    case product(Int, Int)
    /// A column, in the rows that have an amount in another.
    case sumWhere(Int, has: Int)
  }

  /// Where the rows of a code and a day belong.
  package struct Place: Sendable {
    /// Rows with the same number share cells.
    package var number: UInt32
    /// What the caller calls the code on the day.
    package var meaning: Int
    /// Whether nothing comes out of the rows, so that the other columns do not matter.
    package var isNowhere: Bool
    /// What is wrong with the key.
    package var flaw: FaultBook.Kind?

    package init(number: UInt32, meaning: Int, isNowhere: Bool = false, flaw: FaultBook.Kind? = nil) {
      self.number = number
      self.meaning = meaning
      self.isNowhere = isNowhere
      self.flaw = flaw
    }
  }

  /// The cells of a part, in plain arrays that nobody else touches.
  package struct GroupedCells: Sendable {
    /// The sum of nothing but blanks.
    package static let blank = Int128.min

    package let places: [UInt32]
    /// By element of the key, and then by cell, the number of the value. That of the code is not known.
    package let numbers: [[UInt32]]
    /// By cell and term.
    package let sums: [Int128]
    /// By cell and term, how many amounts were blank, if any.
    package let blanks: [Int: Int]
  }

  package struct Book: Sendable {
    package let code: UInt32
    package let place: Place
    package internal(set) var rowCount = 0
    /// By term, whether a row has a value.
    package internal(set) var hasValue: [Bool]
  }

  package struct Plan: Sendable {
    /// The names of all columns.
    package var header: [String]
    /// Columns, by index, that make the key, in the order of the key.
    package var keyColumns: [Int]
    /// Columns, by index, that hold numbers.
    package var amountColumns: [Int]
    package var terms: [Term]
    /// How the numbers are written, by amount column.
    package var forms: [AmountForm]
    /// Which element of the key is the code.
    package var code: Int
    /// Which element of the key is the day.
    package var day: Int?
    /// Whether codes with one place share cells.
    package var sharesCells = false
    /// Where the rows of a code and a day belong. The last argument is what is wrong with the bytes of the key.
    package var place: @Sendable (_ code: String, _ day: String?, _ flaw: FaultBook.Kind?) -> Place

    package init(
      header: [String], keyColumns: [Int], amountColumns: [Int], terms: [Term], code: Int, day: Int? = nil,
      place: @escaping @Sendable (_ code: String, _ day: String?, _ flaw: FaultBook.Kind?) -> Place
    ) {
      self.header = header
      self.keyColumns = keyColumns
      self.amountColumns = amountColumns
      self.terms = terms
      self.code = code
      self.day = day
      self.place = place
      forms = [AmountForm](repeating: AmountForm(), count: amountColumns.count)
    }
  }

  /// A code with rows that were passed over, and why.
  package struct Skipped: Hashable, Sendable {
    package let code: String
    package let reason: String

    package init(code: String, reason: String) {
      self.code = code
      self.reason = reason
    }
  }

  package struct SkippedRows: Sendable {
    package var count = 0
    /// What could be read, by amount column.
    package var amounts: [ExactDecimal]
  }

  /// A row with fewer fields than the header.
  package struct NarrowRow: Sendable {
    package let line: Int
    package let fieldCount: Int
    /// Blank if it has none.
    package let code: String
    package let hasNumber: Bool
  }
}

/// An object in JSON as it is written into bytes that are used again, member by member.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func open() { bytes.append(UInt8(ascii: "{")) }

  mutating func close() { bytes.append(UInt8(ascii: "}")) }

  /// Begins a member; an object that follows is opened.
  mutating func name(_ name: StaticString) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// A fact as a text; nothing when it is empty.
  mutating func add(_ name: StaticString, _ fact: Fact, of document: borrowing FactDocument) {
    add(name, document[fact], of: document)
  }

  /// A part of a document as a text; nothing when it is empty.
  mutating func add(_ name: StaticString, _ range: Range<Int>, of document: borrowing FactDocument) {
    guard !range.isEmpty else { return }
    self.name(name)
    bytes.append(UInt8(ascii: "\""))
    document.append(range, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// An amount as a number with two decimals.
  mutating func add(_ name: StaticString, _ amount: Money) {
    self.name(name)
    amount.write(to: &bytes)
  }

  mutating func add(_ name: StaticString, _ value: Bool) {
    self.name(name)
    append(value ? "true" : "false")
  }

  /// A text; nothing when it is empty.
  mutating func add(_ name: StaticString, _ text: String) {
    guard !text.isEmpty else { return }
    self.name(name)
    bytes.append(contentsOf: JSONObjectText.text(text).utf8)
  }

  /// Members that were written before.
  mutating func add(members: [UInt8]) {
    bytes.append(UInt8(ascii: ","))
    bytes.append(contentsOf: members)
  }

  /// A part of a document as it is.
  mutating func append(_ range: Range<Int>, of document: borrowing FactDocument) {
    document.append(range, to: &bytes)
  }

  mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

extension Money {
  /// Writes kronor with two decimals behind a point.
  func write(to bytes: inout [UInt8]) {
    if öre < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, rest) = öre.magnitude.quotientAndRemainder(dividingBy: 100)
    var scale: UInt64 = 1
    while whole / scale >= 10 { scale *= 10 }
    while scale > 0 {
      bytes.append(0x30 + UInt8(whole / scale % 10))
      scale /= 10
    }
    bytes.append(UInt8(ascii: "."))
    bytes.append(0x30 + UInt8(rest / 10))
    bytes.append(0x30 + UInt8(rest % 10))
  }
}

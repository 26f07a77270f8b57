import Cryptography
import Documents
import Store

/// Makes ``HubPseudonyms`` for one thread: the key is prepared once, and values come from trees without being
/// copied into strings.
final class HubNaming {
  private let coder: KeyedCoder
  /// Its room is used again for each name.
  private var spare: [UInt8] = []

  init(key: [UInt8]) {
    coder = KeyedCoder(key: key)
  }

  func resource(_ type: String, _ businessKey: String) -> HubKey {
    var text = begin("resource", type)
    text.add(businessKey)
    return end(&text)
  }

  func value(_ type: String, _ search: String, _ value: String) -> HubKey {
    var text = begin("value", type)
    text.add(search)
    text.add(value)
    return end(&text)
  }

  /// The name of a value that is a text of a forest.
  func value(_ type: String, _ search: String, _ value: TextRange, of forest: borrowing Forest) -> HubKey {
    var text = begin("value", type)
    text.add(search)
    text.open(Int(value.length))
    text.append(value, of: forest)
    return end(&text)
  }

  /// The name of a value with its system (FHIR R4, 3.1.1.5.6).
  func value(
    _ type: String, _ search: String, system: TextRange, _ value: TextRange, of forest: borrowing Forest
  ) -> HubKey {
    var text = begin("value", type)
    text.add(search)
    text.open(Int(system.length) + 1 + Int(value.length))
    text.append(system, of: forest)
    text.append(Self.bar)
    text.append(value, of: forest)
    return end(&text)
  }

  /// The name of that by which a value is looked for: of what stands behind its first bar, where there is
  /// one. So one entry serves those who know the system and those who don't.
  func door(_ type: String, _ search: String, _ value: String) -> HubKey {
    let tail = value.utf8.firstIndex(of: Self.bar).map { value[value.utf8.index(after: $0)...] }
    return self.value(type, search, tail.map(String.init) ?? value)
  }

  /// What stands behind the first bar; nil without one.
  func tail(of text: TextRange, in forest: borrowing Forest) -> TextRange? {
    forest.text.withElements { bytes in
      bytes[text.indices].firstIndex(of: Self.bar).map { bar in
        TextRange(start: bar + 1, length: text.indices.upperBound - bar - 1)
      }
    }
  }

  /// What stands between a system and its value (FHIR R4, 3.1.1.5.6).
  private static let bar = UInt8(ascii: "|")

  func times(_ type: String, _ search: String) -> HubKey {
    var text = begin("times", type)
    text.add(search)
    return end(&text)
  }

  func all(_ type: String) -> HubKey {
    var text = begin("all", type)
    return end(&text)
  }

  private func begin(_ kind: String, _ type: String) -> [UInt8] {
    var text: [UInt8] = []
    swap(&text, &spare)
    text.add(kind)
    text.add(type)
    return text
  }

  private func end(_ text: inout [UInt8]) -> HubKey {
    let code = coder.code(of: text).firstHalf
    text.removeAll(keepingCapacity: true)
    swap(&text, &spare)
    return HubKey(code.high, code.low)
  }
}

// What is hashed: each part behind its length.
extension [UInt8] {
  fileprivate mutating func add(_ part: String) {
    open(part.utf8.count)
    append(contentsOf: part.utf8)
  }

  fileprivate mutating func open(_ length: Int) {
    if length >= 10 { append(contentsOf: String(length).utf8) } else { append(0x30 + UInt8(length)) }
    append(UInt8(ascii: ":"))
  }

  fileprivate mutating func append(_ range: TextRange, of forest: borrowing Forest) {
    forest.text.withElements { append(contentsOf: $0[range.indices]) }
  }
}

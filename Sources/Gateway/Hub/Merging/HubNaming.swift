import Cryptography
import Documents
import Store

/// Makes ``HubPseudonyms`` for one thread: the key is prepared once, and values come from trees without being
/// copied into strings.
final class HubNaming {
  private let coder: KeyedCoder
  private var text: [UInt8] = []

  init(key: [UInt8]) {
    coder = KeyedCoder(key: key)
  }

  func resource(_ type: String, _ businessKey: String) -> HubKey {
    begin("resource", type)
    add(businessKey)
    return end()
  }

  func value(_ type: String, _ search: String, _ value: String) -> HubKey {
    begin("value", type)
    add(search)
    add(value)
    return end()
  }

  /// The name of a value that is a text of a forest.
  func value(_ type: String, _ search: String, _ value: TextRange, of forest: borrowing Forest) -> HubKey {
    begin("value", type)
    add(search)
    open(Int(value.length))
    add(value, of: forest)
    return end()
  }

  /// The name of a value with its system (FHIR R4, 3.1.1.5.6).
  func value(
    _ type: String, _ search: String, system: TextRange, _ value: TextRange, of forest: borrowing Forest
  ) -> HubKey {
    begin("value", type)
    add(search)
    open(Int(system.length) + 1 + Int(value.length))
    add(system, of: forest)
    text.append(UInt8(ascii: "|"))
    add(value, of: forest)
    return end()
  }

  func times(_ type: String, _ search: String) -> HubKey {
    begin("times", type)
    add(search)
    return end()
  }

  func all(_ type: String) -> HubKey {
    begin("all", type)
    return end()
  }

  // MARK: what is hashed: each part behind its length

  private func begin(_ kind: String, _ type: String) {
    text.removeAll(keepingCapacity: true)
    add(kind)
    add(type)
  }

  private func add(_ part: String) {
    open(part.utf8.count)
    text.append(contentsOf: part.utf8)
  }

  private func open(_ length: Int) {
    if length >= 10 { text.append(contentsOf: String(length).utf8) } else { text.append(0x30 + UInt8(length)) }
    text.append(UInt8(ascii: ":"))
  }

  private func add(_ range: TextRange, of forest: borrowing Forest) {
    forest.text.withElements { text.append(contentsOf: $0[range.indices]) }
  }

  private func end() -> HubKey {
    let code = coder.code(of: text)
    return HubKey(code.0, code.1)
  }
}

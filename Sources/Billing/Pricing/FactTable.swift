import Documents

/// The numbers of all facts that pricing and the rules' formulas read, and the names on the way to them.
struct FactTable: ~Copyable {
  /// A member of an object: a fact, an object with some, or both.
  struct Member: BitwiseCopyable {
    let nameStart, nameCount: Int32
    /// The member's object.
    let owner: Int32
    var fact: Int32 = -1
    var object: Int32 = -1
    /// The member that followed it last: documents have the same order.
    var follower: Int32 = 0
  }

  private var names = Arena<UInt8>(capacity: 512)
  private var members = Arena<Member>(capacity: 64)
  private var objects: Int32 = 1
  private var numbers: [String: Int] = [:]

  /// The facts of pricing, and those of some paths.
  init(_ paths: [String]) {
    for fact in Fact.allCases { add(fact.path) }
    for path in paths { add(path) }
  }

  /// How many facts there are.
  var count: Int { numbers.count }

  /// The number of the fact at a path; nil for one that nobody asked for.
  func number(of path: String) -> Int? { numbers[path] }

  private mutating func add(_ path: String) {
    guard numbers[path] == nil else { return }
    let names = path.split(separator: ".")
    var object: Int32 = 0
    for (index, name) in names.enumerated() {
      let member = member(Array(name.utf8), of: object)
      if index == names.count - 1 { members[member].fact = Int32(numbers.count) }
      if index < names.count - 1, members[member].object < 0 {
        members[member].object = objects
        objects += 1
      }
      object = members[member].object
    }
    numbers[path] = numbers.count
  }

  private mutating func member(_ name: [UInt8], of object: Int32) -> Int {
    var text = Arena<UInt8>(capacity: name.count)
    for byte in name { text.append(byte) }
    let known = find(0..<name.count, of: text, in: object)
    if known >= 0 { return known }
    let start = names.count
    for byte in name { names.append(byte) }
    members.append(Member(nameStart: Int32(start), nameCount: Int32(name.count), owner: object))
    return members.count - 1
  }

  private func isNamed(
    _ name: Range<Int>, of text: borrowing Arena<UInt8>, _ member: Int, _ object: Int32
  ) -> Bool {
    let known = members[member]
    guard known.owner == object, Int(known.nameCount) == name.count else { return false }
    for index in 0..<name.count
    where names[Int(known.nameStart) + index] != text[name.lowerBound + index] { return false }
    return true
  }

  private func find(_ name: Range<Int>, of text: borrowing Arena<UInt8>, in object: Int32) -> Int {
    for member in 0..<members.count where isNamed(name, of: text, member, object) { return member }
    return -1
  }

  /// The member of an object with a name, a part of a text, given the one before it (-1 for none); -1 where nobody
  /// asked for it.
  mutating func find(
    _ name: Range<Int>, of text: borrowing Arena<UInt8>, in object: Int32, after previous: Int
  ) -> Int {
    if previous >= 0, case let guess = Int(members[previous].follower), isNamed(name, of: text, guess, object)
    {
      return guess
    }
    let found = find(name, of: text, in: object)
    if previous >= 0, found >= 0 { members[previous].follower = Int32(found) }
    return found
  }

  /// The fact that a member is; -1 for none.
  func fact(_ member: Int) -> Int { Int(members[member].fact) }

  /// The object of a member's own members; -1 for none.
  func object(_ member: Int) -> Int32 { members[member].object }
}

import Documents
import Formats
import Testing

/// What forests do with trees and texts of others, and with their own.
struct ForestTests {
  private let names: NameTable

  init() {
    var builder = NameTableBuilder()
    _ = builder.name("known")
    names = builder.build()
  }

  private func read(_ text: String, into forest: inout Forest) throws -> NodeID {
    try JSONReader().read(Array(text.utf8), named: "test", into: &forest)
  }

  private func written(_ node: NodeID, of forest: borrowing Forest) -> String {
    String(decoding: JSONWriter(names: names).bytes(node, of: forest), as: UTF8.self)
  }

  @Test("A tree of another forest is the same tree here, with names that no shape knows")
  func graft() throws {
    let text = #"{"known":[1.50,true,null,"å\n",""],"strange":{"other":[],"known":{}}}"#
    var one = Forest(names: names)
    var other = Forest(names: names)
    _ = try read(#"{"another":"before it"}"#, into: &one)
    _ = try read(#"{"other":1}"#, into: &other)
    let inner = try read(text, into: &one)
    let grafted = other.graft(inner, of: one)
    let rewritten = written(grafted, of: other)
    #expect(rewritten == text)
    let again = try read(text, into: &other)
    let isSame = other.same(grafted, again)
    #expect(isSame)
  }

  @Test("A part of a tree comes alone")
  func part() throws {
    var one = Forest(names: names)
    var other = Forest(names: names)
    let whole = try read(#"{"a":{"b":["c",{"d":2}]},"e":3}"#, into: &one)
    let name = one.intern("a")
    let part = one.child(whole, named: name) ?? whole
    let grafted = other.graft(part, of: one)
    let text = written(grafted, of: other)
    #expect(text == #"{"b":["c",{"d":2}]}"#)
  }

  @Test("The texts of objects, which say by what others know them, stay behind")
  func ownTexts() throws {
    var one = Forest(names: names)
    var other = Forest(names: names)
    let object = try read("{}", into: &one)
    one[object].text = one.append("Patient/1")
    let grafted = other.graft(object, of: one)
    let length = other[grafted].text.length
    #expect(length == 0)
  }

  @Test("Texts have the numbers that they were given last, however many there are")
  func numbers() {
    var forest = Forest(names: names)
    var numbers = TextNumbers()
    for number in 0..<1000 { numbers.set(forest.append("text \(number)"), to: number, in: forest) }
    numbers.set(forest.append("text 7"), to: -7, in: forest)
    numbers.set(forest.append(""), to: 0, in: forest)
    for number in 0..<1000 {
      let text = forest.append("text \(number)")
      let found = numbers.number(of: text, in: forest)
      #expect(found == (number == 7 ? -7 : number))
    }
    let other = forest.append("text 1000")
    let (empty, none) = (numbers.number(of: .empty, in: forest), numbers.number(of: other, in: forest))
    #expect(empty == 0)
    #expect(none == nil)
  }
}

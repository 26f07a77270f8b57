import Testing

@testable import Mapping

/// What the hub's shape files say of FHIR's types (R4, 2.24 and 2.6).
struct HubTypeTests {
  private let library: ShapeLibrary

  init() throws {
    library = try RepositoryShapes.load()
  }

  private func type(_ name: String) throws -> TypeID {
    let shape = library.resource(name) ?? library.shapes["hub/types"]
    return try #require(shape?.types[name] ?? shape?.root)
  }

  private func field(_ path: String) throws -> Field {
    let names = path.split(separator: ".").map(String.init)
    var type = try type(names[0])
    for name in names.dropFirst().dropLast() {
      let index = try #require(library.types[type].index(of: name))
      guard case .object(let next) = library.types[type].fields[index].content else { break }
      type = next
    }
    let index = try #require(library.types[type].index(of: names[names.count - 1]), "\(path)")
    return library.types[type].fields[index]
  }

  @Test(
    "A field's type has FHIR's name",
    arguments: [
      ("Patient.id", "id"), ("Patient.contact.id", "string"), ("Patient.birthDate", "date"),
      ("Patient.gender", "code"), ("Patient.deceasedDateTime", "dateTime"), ("Patient.active", "boolean"),
      ("Patient.multipleBirthInteger", "integer"), ("Patient.name", "HumanName"),
      ("Patient.contact", "BackboneElement"), ("Patient.contained", "Resource"),
      ("Observation.issued", "instant"), ("Observation.valueTime", "time"),
      ("Binary.data", "base64Binary"), ("Bundle.entry.fullUrl", "uri"), ("Bundle.total", "unsignedInt"),
      ("Identifier.system", "uri"), ("Identifier.value", "string"), ("Meta.profile", "canonical"),
      ("Meta.versionId", "id"), ("Narrative.div", "xhtml"), ("Annotation.text", "markdown"),
      ("Attachment.url", "url"), ("Attachment.size", "unsignedInt"), ("Attachment.hash", "base64Binary"),
      ("ContactPoint.rank", "positiveInt"), ("Quantity.value", "decimal"), ("Extension.url", "uri"),
      ("Extension.valueOid", "oid"), ("Extension.valueUuid", "uuid"), ("Timing.repeat", "Element"),
      ("Timing.repeat.offset", "unsignedInt"), ("MessageHeader.source.endpoint", "url"),
      ("QuestionnaireResponse.questionnaire", "canonical"), ("ValueSet.description", "markdown"),
      ("ExplanationOfBenefit.item.sequence", "positiveInt"), ("ConceptMap.group.unmapped.url", "canonical"),
    ])
  func names(_ path: String, _ name: String) throws {
    #expect(library.typeName(of: try field(path)) == name)
  }

  @Test(
    "A type is a kind of another",
    arguments: [
      ("code", "string"), ("markdown", "string"), ("id", "string"), ("canonical", "uri"), ("uuid", "uri"),
      ("positiveInt", "integer"), ("integer", "Element"), ("Age", "Quantity"), ("Timing", "BackboneElement"),
      ("Patient", "DomainResource"), ("DomainResource", "Resource"), ("Bundle", "Resource"),
      ("Resource", nil), ("Element", nil),
    ])
  func kinds(_ name: String, _ parent: String?) {
    #expect(library.parent(of: name) == parent)
  }

  @Test("A choice element stands for its fields")
  func choices() throws {
    let patient = library.types[try type("Patient")]
    let fields = patient.choices.mapValues { $0.map { patient.fields[$0].name } }
    #expect(
      fields == [
        "deceased": ["deceasedBoolean", "deceasedDateTime"],
        "multipleBirth": ["multipleBirthBoolean", "multipleBirthInteger"],
      ])
    #expect(library.types[try type("Extension")].choices["value"]?.count == 50)
    #expect(library.types[try type("Parameter", of: "Parameters")].choices["value"]?.count == 50)
  }

  private func type(_ name: String, of resource: String) throws -> TypeID {
    try #require(library.resource(resource)?.types[name])
  }

  @Test("No field that begins with a choice's name is forgotten, for want of its type's name")
  func completeChoices() {
    for type in library.types {
      for (name, indexes) in type.choices {
        let alike = type.fields.indices.filter {
          let field = type.fields[$0].name
          return field.hasPrefix(name) && field.dropFirst(name.count).first?.isUppercase == true
        }
        #expect(indexes == alike, "\(type.name).\(name)")
      }
    }
  }

  @Test("Each type of the hub is a kind of Resource or Element, in FHIR's namespace")
  func hierarchy() {
    for (id, type) in library.types.enumerated() where type.shape.hasPrefix("hub/") {
      guard type.name != "hub/types" else { continue }
      #expect(library.namespace(of: id) == "FHIR")
      for name in type.fields.map(library.typeName(of:)) + [library.typeName(of: id)] {
        #expect(["Resource", "Element"].contains(root(of: name)), "\(type.name): \(name)")
      }
    }
  }

  private func root(of name: String) -> String {
    library.parent(of: name).map(root(of:)) ?? name
  }

  @Test("The types of other shapes are in no namespace, and their values are called alike")
  func others() throws {
    let visit = try #require(library.shapes["visiba/visit-event"])
    #expect(library.namespace(of: visit.root) == nil)
    #expect(library.typeName(of: visit.root) == "visit-event")
    let names = library.types.filter { $0.shape == visit.name }.flatMap(\.fields).map(library.typeName(of:))
    #expect(names.contains("string") && !names.contains("text"))
  }
}

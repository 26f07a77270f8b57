import Documents

/// What billing knows of a visit: the document `billing/visit`, written from the hub by the mapping of that name.
struct VisitFacts {
  var visit = ""
  var changedAt = ""
  var form = ""
  var kind = ""
  var isPlanned = false
  var begins = ""
  var day: CalendarDay?
  var number = ""
  var system = ""
  var gender = ""
  var county = ""
  var municipality = ""
  var registerCounty = ""
  var registerMunicipality = ""
  var registerSince = ""
  var listedAt = ""
  var profession = ""
  var occupation = ""
  var unit = ""
  var unitName = ""
  var medicalField = ""
  var fee: Money?
  var isFeePaid = false

  /// Reads the document in a forest.
  init(_ root: NodeID, _ forest: borrowing Forest, _ names: FactNames) {
    let reader = FactReader(names)
    reader.each(root, forest) { name, node, forest in
      switch name {
      case names.visit: visit = forest.string(node)
      case names.changedAt: changedAt = forest.string(node)
      case names.form: form = forest.string(node)
      case names.kind: kind = forest.string(node)
      case names.planned: isPlanned = forest.isTrue(node)
      case names.begins: begins = forest.string(node)
      case names.day: day = CalendarDay(forest.string(node))
      case names.profession: profession = forest.string(node)
      case names.occupation: occupation = forest.string(node)
      case names.medicalField: medicalField = forest.string(node)
      case names.fee: fee = Money(forest.string(node))
      case names.isFeePaid: isFeePaid = forest.isTrue(node)
      case names.patient: readPatient(node, forest, reader)
      case names.unit: readUnit(node, forest, reader)
      case names.register: readRegister(node, forest, reader)
      default: break
      }
    }
  }

  private mutating func readPatient(_ node: NodeID, _ forest: borrowing Forest, _ reader: FactReader) {
    let names = reader.names
    reader.each(node, forest) { name, node, forest in
      switch name {
      case names.number: number = forest.string(node)
      case names.system: system = forest.string(node)
      case names.gender: gender = forest.string(node)
      case names.county: county = forest.string(node)
      case names.municipality: municipality = forest.string(node)
      case names.listedAt: listedAt = forest.string(node)
      default: break
      }
    }
  }

  private mutating func readUnit(_ node: NodeID, _ forest: borrowing Forest, _ reader: FactReader) {
    reader.each(node, forest) { name, node, forest in
      if name == reader.names.id { unit = forest.string(node) }
      if name == reader.names.name { unitName = forest.string(node) }
    }
  }

  private mutating func readRegister(_ node: NodeID, _ forest: borrowing Forest, _ reader: FactReader) {
    reader.each(node, forest) { name, node, forest in
      if name == reader.names.county { registerCounty = forest.string(node) }
      if name == reader.names.municipality { registerMunicipality = forest.string(node) }
      if name == reader.names.since { registerSince = forest.string(node) }
    }
  }
}

/// Goes through an object's members.
private struct FactReader {
  let names: FactNames

  init(_ names: FactNames) {
    self.names = names
  }

  func each(
    _ object: NodeID, _ forest: borrowing Forest, _ body: (NameID, NodeID, borrowing Forest) -> Void
  ) {
    var child = object + 1
    while child < forest[object].end {
      body(forest[child].name, child, forest)
      child = forest[child].end
    }
  }
}

extension Forest {
  fileprivate func isTrue(_ node: NodeID) -> Bool { self[node].text.length == 4 }
}

/// The numbers of the document's names in a library's table.
struct FactNames {
  let visit, changedAt, form, kind, planned, begins, day, patient, number, system, gender, county,
    municipality,
    listedAt, profession, occupation, unit, id, name, medicalField, fee, isFeePaid, register, since: NameID

  init(_ table: NameTable) {
    func find(_ name: String) -> NameID { table.find(name) ?? -1 }
    visit = find("visit")
    changedAt = find("changedAt")
    form = find("form")
    kind = find("kind")
    planned = find("planned")
    begins = find("begins")
    day = find("day")
    patient = find("patient")
    number = find("number")
    system = find("system")
    gender = find("gender")
    county = find("county")
    municipality = find("municipality")
    listedAt = find("listedAt")
    profession = find("profession")
    occupation = find("occupation")
    unit = find("unit")
    id = find("id")
    name = find("name")
    medicalField = find("medicalField")
    fee = find("fee")
    isFeePaid = find("isFeePaid")
    register = find("register")
    since = find("since")
  }
}

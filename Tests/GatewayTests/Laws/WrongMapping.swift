import Diagnostics
import Testing

/// A mapping with one mistake, which must be told before a message meets it.
struct WrongMapping: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// What is told.
  let code: DiagnosticCode
  /// A text of the line that is to blame.
  let place: String
  let fields: String
  let mapping: String
  let tables: [String: String]

  init(
    _ mistake: String, _ code: DiagnosticCode, at place: String, fields: String, mapping: String,
    tables: [String: String] = [:]
  ) {
    testDescription = mistake
    self.code = code
    self.place = place
    self.fields = fields
    self.mapping = mapping
    self.tables = tables
  }

  static let all = wrongTables + wrongElements + wrongResources + wrongConditions + wrongTargets
}

extension WrongMapping {
  private static let wrongTables = [
    WrongMapping(
      "a table in which a code has no way back", .tableNotReversible, at: "f,female",
      fields: "  gender: code(m, f)",
      mapping: """
        hub: {patient: Patient}
        both:
          gender: patient.gender | gender
        """, tables: ["gender": "a,hub,use\nm,male,\nf,female,in\nm,female,out\nm,other,out\nm,unknown,out\n"]
    ),
    WrongMapping(
      "a table with its columns exchanged", .tableMissesCode, at: "gender: ",
      fields: "  gender: code(m, f)",
      mapping: """
        hub: {patient: Patient}
        both:
          gender: patient.gender | gender
        """, tables: ["gender": "a,hub\nmale,m\nfemale,f\n"]),
    WrongMapping(
      "a table for one direction in which two codes become one", .tableNotReversible, at: "done,gone",
      fields: "  status?: code(booked, done)",
      mapping: """
        hub: {patient: Patient}
        both:
          status: patient.maritalStatus.text | status
        """, tables: ["status": "a,hub,use\nbooked,planned,\ndone,planned,in\ndone,gone,out\n"]),
    WrongMapping(
      "a formula where a way back is needed", .irreversible, at: "name: = ",
      fields: "  name: string",
      mapping: """
        hub: {patient: Patient}
        both:
          name: = patient.name.first().text
        """),
    WrongMapping(
      "a converter for another type", .typeClash, at: "birth: ",
      fields: "  birth: date",
      mapping: """
        hub: {patient: Patient}
        both:
          birth: patient.birthDate | base64
        """),
  ]

  private static let wrongElements = [
    WrongMapping(
      "two slices with the same fixed value", .readsAnother, at: "b: ",
      fields: "  a?: string\n  b?: string",
      mapping: """
        hub: {patient: Patient}
        slices:
          Patient.identifier[a]: {system: "urn:x"}
          Patient.identifier[b]: {system: "urn:x"}
        both:
          a: patient.identifier[a].value
          b: patient.identifier[b].value
        """),
    WrongMapping(
      "a slice that another's elements fit too", .readsAnother, at: "phone: ",
      fields: "  phone?: string\n  mobile?: string",
      mapping: """
        hub: {patient: Patient}
        both:
          phone: patient.telecom[phone].value
          mobile: patient.telecom[mobile].value
        """),
    WrongMapping(
      "a line that writes what a slice is known by", .fixedField, at: "system: ",
      fields: "  phone?: string\n  system?: code(phone, fax)",
      mapping: """
        hub: {patient: Patient}
        both:
          phone: patient.telecom[phone].value
          system: patient.telecom[phone].system
        """),
    WrongMapping(
      "the first element beside a slice", .readsAnother, at: "first: ",
      fields: "  first?: string\n  phone?: string",
      mapping: """
        hub: {patient: Patient}
        both:
          first: patient.telecom[first].value
          phone: patient.telecom[phone].value
        """),
    WrongMapping(
      "all elements beside the first", .readsAnother, at: "name: other.text",
      fields: "  nick?: string\n  others*:\n    name: string",
      mapping: """
        hub: {patient: Patient}
        both:
          nick: patient.name[first].text
          others*:
            each: patient.name* as other
            both:
              name: other.text
        """),
    WrongMapping(
      "a code that makes one slice's elements another's", .readsAnother, at: "phone: ",
      fields: "  phone?: string\n  kind?: code(phone, fax, email, pager, url, sms, other)\n  number?: string",
      mapping: """
        hub: {patient: Patient}
        slices:
          Patient.telecom[second]: {rank: "2"}
        both:
          phone: patient.telecom[phone].value
          kind: patient.telecom[second].system
          number: patient.telecom[second].value
        """),
  ]

  private static let wrongResources = [
    WrongMapping(
      "two resources of one type that nothing tells apart", .readsAnother, at: "ward: ",
      fields: "  unit?: string\n  ward?: string",
      mapping: """
        hub:
          unit: Organization
          ward: Organization
        both:
          unit: unit.name
          ward: ward.name
        """),
    WrongMapping(
      "two repetitions of one resource that nothing tells apart", .readsAnother, at: "each: Condition second",
      fields: "  one*:\n    code: code\n  two*:\n    code: code",
      mapping: """
        hub: {patient: Patient}
        both:
          one*:
            each: Condition first where subject = patient
            both:
              code: first.code.coding[icd-10-se].code
          two*:
            each: Condition second where subject = patient
            both:
              code: second.code.coding[icd-10-se].code
        """),
    WrongMapping(
      "a resource beside those of an each", .readsAnother, at: "each: Condition other",
      fields: "  main?:\n    code: code\n  others*:\n    code: code",
      mapping: """
        hub:
          patient: Patient
          main: Condition where subject = patient
        both:
          main.code: main.code.coding[icd-10-se].code
          others*:
            each: Condition other where subject = patient
            both:
              code: other.code.coding[icd-10-se].code
        """),
  ]

  private static let wrongConditions = [
    WrongMapping(
      "a condition on the way out that passes over elements", .lawBroken, at: "code: ",
      fields: "  id: string\n  diagnoses*:\n    code: code\n    text?: string",
      mapping: """
        hub: {patient: Patient}
        both:
          id: patient.identifier[first].value
          diagnoses*:
            each: Condition diagnosis where subject = patient
            when:
              in: = code.exists()
              out: = diagnosis.code.text.exists()
            both:
              code: diagnosis.code.coding[icd-10-se].code
              text: diagnosis.code.text
        """),
    WrongMapping(
      "a condition that differs from the other direction's", .lawBroken, at: "code: ",
      fields: "  id: string\n  diagnoses*:\n    code: code\n    kind: code(main, other)",
      mapping: """
        hub: {patient: Patient}
        both:
          id: patient.identifier[first].value
          diagnoses*:
            each: Condition diagnosis where subject = patient
            when:
              in: = kind = 'main'
              out: = diagnosis.code.text = 'other'
            both:
              code: diagnosis.code.coding[icd-10-se].code
              kind: diagnosis.code.text
        """),
    WrongMapping(
      "a formula that makes another slice's element a line's own", .lawBroken, at: "nick: ",
      fields: "  nick?: string\n  name?: string\n  isNick?: boolean",
      mapping: """
        hub: {patient: Patient}
        slices:
          Patient.name[nick]: {use: nickname}
          Patient.name[plain]: {text: plain}
        both:
          nick: patient.name[nick].family
          name: patient.name[plain].family
        in:
          patient.name[plain].use: = iif(isNick, 'nickname', 'usual')
        """),
    WrongMapping(
      "a formula that writes a first element of its own", .readsAnother, at: "code: ",
      fields: "  code?: code\n  text?: string",
      mapping: """
        hub: {patient: Patient}
        both:
          code: patient.maritalStatus.coding[first].code
          text: patient.maritalStatus.text
        in:
          patient.maritalStatus.coding[loinc].code: = iif(text.exists(), text, {})
        """),
  ]

  private static let wrongTargets = [
    WrongMapping(
      "two repetitions with one target", .writtenTwice, at: "each: patient.name* as second",
      fields: "  one*:\n    text: string\n  two*:\n    text: string",
      mapping: """
        hub: {patient: Patient}
        both:
          one*:
            each: patient.name* as first
            both:
              text: first.text
          two*:
            each: patient.name* as second
            both:
              text: second.text
        """),
    WrongMapping(
      "two lines with one target in the hub", .writtenTwice, at: "last: ",
      fields: "  name?: string\n  last?: string",
      mapping: """
        hub: {patient: Patient}
        both:
          name: patient.name[official].family
          last: patient.name[official].family
        """),
    WrongMapping(
      "two lines with one target in the format", .writtenTwice, at: "patient.name[official].text",
      fields: "  name?: string",
      mapping: """
        hub: {patient: Patient}
        both:
          name: patient.name[official].family
        out:
          name: patient.name[official].text
        """),
    WrongMapping(
      "a required field that only the way in knows", .requiredNeverWritten, at: "mapping: a/visit",
      fields: "  id: string\n  name?: string",
      mapping: """
        hub: {patient: Patient}
        both:
          name: patient.name[official].family
        in:
          patient.identifier[first].value: id
        """),
  ]
}

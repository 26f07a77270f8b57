import Testing

/// A mapping that looks odd and is right: no law may say otherwise.
struct OddMapping: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let fields: String
  let mapping: String
  let tables: [String: String]

  init(_ oddity: String, fields: String, mapping: String, tables: [String: String] = [:]) {
    testDescription = oddity
    self.fields = fields
    self.mapping = mapping
    self.tables = tables
  }

  static let all = oddRepetitions + oddValues + oddPlaces + oddTables + oddResources
}

extension OddMapping {
  private static let oddRepetitions = [
    OddMapping(
      "repetitions in repetitions",
      fields: """
          groups*:
            name: string
            questions*:
              id: string
              answers+: string
        """,
      mapping: """
        hub:
          survey: QuestionnaireResponse
        both:
          groups*:
            each: survey.item* as group
            both:
              name: group.linkId
              questions*:
                each: group.item* as question
                both:
                  id: question.linkId
                  answers*:
                    each: question.answer* as answer
                    both:
                      $: answer.valueString
        in:
          survey.status: = 'completed'
        """),
    OddMapping(
      "resources in resources",
      fields: """
          people*:
            id: string
            names*: string
            illnesses*:
              code: code
              remarks*: string
        """,
      mapping: """
        both:
          people*:
            each: Patient person
            both:
              id: person.identifier[first].value
              names*:
                each: person.name* as name
                both:
                  $: name.text
              illnesses*:
                each: Condition illness where subject = person
                both:
                  code: illness.code.coding[icd-10-se].code
                  remarks*:
                    each: illness.note* as remark
                    both:
                      $: remark.text
        """),
    OddMapping(
      "two repetitions that conditions part",
      fields: """
          mine*:
            value: string
          others*:
            value: string
            system: code
        """,
      mapping: """
        hub: {patient: Patient}
        slices:
          Patient.identifier[mine]: {system: "urn:mine"}
        both:
          mine*:
            each: patient.identifier[mine]* as own
            both:
              value: own.value
          others*:
            each: patient.identifier* as other
            when:
              in: = system != 'urn:mine'
            both:
              value: other.value
              system: other.system
        """),
    OddMapping(
      "one repetition that a condition halves",
      fields: "  things*:\n    kind: code(a, b)\n    text: string",
      mapping: """
        hub: {patient: Patient}
        both:
          things*:
            each: patient.name* as name
            when:
              in: = kind = 'a'
            both:
              text: name.text
            out:
              kind: = 'a'
        """),
  ]

  private static let oddValues = [
    OddMapping(
      "all types of times",
      fields: """
          day?: date
          part?: date(partial)
          short?: date(YYYYMMDD)
          shortPart?: date(YYYYMMDD, partial)
          moment?: instant
          moments?: instant(partial)
          local?: local-time(Europe/Stockholm)
          localShort?: local-time(Europe/Stockholm, YYYYMMDDhhmmss)
          far?: local-time(America/New_York)
          clock?: time
        """,
      mapping: """
        hub: {patient: Patient}
        slices:
          Patient.extension[day]: {url: "urn:day"}
          Patient.extension[short]: {url: "urn:short"}
          Patient.extension[shortPart]: {url: "urn:shortPart"}
          Patient.extension[moment]: {url: "urn:moment"}
          Patient.extension[moments]: {url: "urn:moments"}
          Patient.extension[local]: {url: "urn:local"}
          Patient.extension[localShort]: {url: "urn:localShort"}
          Patient.extension[far]: {url: "urn:far"}
          Patient.extension[clock]: {url: "urn:clock"}
        both:
          day: patient.extension[day].valueDate
          part: patient.birthDate
          short: patient.extension[short].valueDate
          shortPart: patient.extension[shortPart].valueDate
          moment: patient.extension[moment].valueInstant
          moments: patient.extension[moments].valueDateTime
          local: patient.extension[local].valueInstant
          localShort: patient.extension[localShort].valueDateTime
          far: patient.extension[far].valueDateTime
          clock: patient.extension[clock].valueTime
        """),
    OddMapping(
      "numbers, yes and no, and converters one behind the other",
      fields: """
          amount?: decimal
          count?: integer
          wide?: integer
          isDead?: boolean
          isAlive?: boolean
          data?: base64
          note?: text
          unit?: hsa-id
          number?: personnummer
          link?: uri
        """,
      mapping: """
        hub: {patient: Patient}
        slices:
          Patient.extension[amount]: {url: "urn:amount"}
          Patient.extension[count]: {url: "urn:count"}
          Patient.extension[wide]: {url: "urn:wide"}
          Patient.extension[alive]: {url: "urn:alive"}
          Patient.extension[note]: {url: "urn:note"}
          Patient.extension[link]: {url: "urn:link"}
        both:
          amount: patient.extension[amount].valueDecimal
          count: patient.extension[count].valueInteger
          wide: patient.extension[wide].valueDecimal
          isDead: patient.deceasedBoolean
          isAlive: patient.extension[alive].valueBoolean | not
          data: patient.photo[first].data
          note: patient.extension[note].valueBase64Binary | base64
          unit: patient.meta.source | prefix('urn:oid:1.2#')
          number: patient.identifier[personnummer].value
          link: patient.extension[link].valueString | prefix('see:') | prefix('also:')
        """),
  ]

  private static let oddPlaces = [
    OddMapping(
      "a value that is an object's only one, a required one in an optional one, and fixed ones",
      fields: """
          id: string
          version: = 2
          alone?:
            only: string
          card?:
            number: string
            kind: = card
            valid?:
              to: date
        """,
      mapping: """
        hub: {patient: Patient}
        slices:
          Patient.identifier[card]: {system: "urn:card", type.coding.code: CARD}
        both:
          id: patient.identifier[official].value
          alone.only: patient.name[official].given[first]
          card.number: patient.identifier[card].value
          card.valid.to: patient.identifier[card].period.end
        """)
  ]

  private static let oddTables = [
    OddMapping(
      "a table whose rows serve one direction, codes that mean absence, and a pattern",
      fields: """
          gender?: code(m, f, x)
          isHidden: boolean
          system?: code
        """,
      mapping: """
        hub: {patient: Patient}
        both:
          gender: patient.gender | gender
          isHidden: patient.meta.security[restricted].code | hidden
          system: patient.identifier[first].system | system
        """,
      tables: [
        "gender": "a,hub,use\nm,male,\nf,female,\nx,other,\nx,unknown,out\n",
        "hidden": "a,hub\ntrue,R\nfalse,\n",
        "system": "a,hub,use\n1.2.3,http://here,\n1.2.3,urn:oid:1.2.3,out\n*,urn:oid:*,\n",
      ])
  ]

  private static let oddResources = [
    OddMapping(
      "resources of one type that fixed values, references and conditions tell apart",
      fields: """
          name: string
          unit?:
            id: string
            parent?: string
          main?:
            code: code
            text?: string
          others*:
            code: code
        """,
      mapping: """
        hub:
          patient: Patient
          unit: Organization as patient.managingOrganization
          parent: Organization as unit.partOf
          main: Condition where subject = patient, category.coding.code = 'main'
        both:
          name: patient.name[first].text
          unit.id: unit.identifier[hsa-id].value
          unit.parent: parent.name
          main.code: main.code.coding[icd-10-se].code
          main.text: main.code.text
          others*:
            each: Condition other where subject = patient, category.coding.code = 'other'
            both:
              code: other.code.coding[icd-10-se].code
        """)
  ]
}

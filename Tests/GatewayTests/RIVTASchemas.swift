/// Schemas of national contracts.
enum RIVTA {
  static let careContacts =
    "clinicalprocess.logistics.logistics/3.0.13/schemas/interactions"
    + "/GetCareContactsInteraction/GetCareContactsResponder_3.0.xsd"
}

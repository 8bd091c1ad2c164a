import Values

extension VietQR {
    /// Reads a payload strictly: its structure, its checksum, and the fields that make it VietQR.
    ///
    /// Published codes that deviate from the specification are accepted if their meaning is clear: the initiation or
    /// the country may be missing, the service may be inside the beneficiary, and a code for one payment may have no
    /// amount.
    public init(parsing payload: String) throws(VietQRError) {
        let code = try EMVPayload(parsing: payload)
        guard let consumer = code["38"] else { throw .notVietQR("object 38 is missing") }
        let parts = try TLV.parse(consumer)
        guard parts["00"] == VietQR.napas else { throw .notVietQR("object 38 is not NAPAS's") }
        guard let beneficiary = parts["01"] else { throw .notVietQR("no beneficiary is named") }
        let names = try TLV.parse(beneficiary)
        guard let bin = names["00"], VietQR.isBIN(bin) else { throw .notVietQR("the bank's BIN is not 6 digits") }
        guard let account = names["01"], VietQR.isAccount(account) else {
            throw .notVietQR("the account number is not 1 to 19 plain characters")
        }
        guard let service = Service(rawValue: parts["02"] ?? names["02"] ?? Service.toAccount.rawValue) else {
            throw .notVietQR("the service is not known")
        }
        guard ["11", "12"].contains(code["01"] ?? "11") else { throw .notVietQR("the initiation is not 11 or 12") }
        guard code["53"] == "704" else { throw .notVietQR("the currency is not VND") }
        guard code["58"] ?? "VN" == "VN" else { throw .notVietQR("the country is not VN") }
        var amount: Money?
        if let text = code["54"] {
            guard let money = Money.parse(text) else { throw .notVietQR("the amount is no whole number of đồng") }
            amount = money
        }
        let additional = try TLV.parse(code["62"] ?? "")
        self.init(
            bin: bin,
            account: account,
            service: service,
            amount: amount,
            isDynamic: code["01"] == "12",
            billNumber: additional["01"],
            purpose: additional["08"]
        )
    }
}

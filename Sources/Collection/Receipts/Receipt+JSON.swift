public import Values

extension Receipt {
    /// The answer of the API. Personal: the payer's name.
    public func json(publicURL: String, isSigned: Bool) -> JSON {
        let page = "\(publicURL)/r/\(number.address)"
        return [
            "number": .string(number.text), "kind": .string(number.kind.rawValue), "form": .string(number.kind.form),
            "serial": .string(number.serial), "sequence": .integer(Int(number.number)), "amount": .money(amount),
            "amount_in_words": .string(amount.inWords), "issued_at": .text(issuedAt),
            "status": .string(status.rawValue), "url": .string(page), "pdf_url": .string(page + "/receipt.pdf"),
            "xml_url": .string(page + "/receipt.xml"), "is_signed": .bool(isSigned),
            "collector": [
                "agency_code": .string(agencyCode), "name": .string(collector), "address": .optional(address),
                "tax_code": .optional(taxCode), "phone": .optional(phone),
            ],
            "payer": ["name": .optional(payerName)],
            "payment_request_id": .string(requestID.text), "reference": .string(reference),
            "dossier_code": .string(dossierCode), "procedure_code": .string(procedureCode),
            "channel": .string(channel),
            "items": .array(
                items.map { item in
                    [
                        "name_vi": .string(item.name), "unit": .string(item.unit), "quantity": .integer(item.quantity),
                        "amount": .money(item.amount), "legal_basis": .string(item.legalBasis),
                    ]
                }
            ),
            "replaces": .optional(replaces?.text), "reason": .optional(reason),
            "replaced_by": .optional(replacedBy?.text),
            "notices": .array(
                notices.map { notice in
                    [
                        "error": .string(notice.error.rawValue), "note": .string(notice.note),
                        "made_at": .text(notice.madeAt),
                    ]
                }
            ),
        ]
    }
}

import CPango

/// A text broken into lines of a width, each of which can be drawn by itself.
final class SetText {
    /// A line's place within the text.
    struct Line {
        /// Of the line's box.
        let height: Double
        /// From the top of the line's box to the line that its letters stand on.
        let baseline: Double
        /// From the left border to its first letter.
        let x: Double
        let line: UnsafeMutablePointer<PangoLayoutLine>
    }

    private(set) var lines: [Line] = []
    /// The width of the widest line, in points.
    private(set) var widest = 0.0
    /// Keeps the lines alive.
    private let layout: OpaquePointer

    /// - Parameters:
    ///   - size: of plain letters, in points.
    ///   - width: in points.
    ///   - tearsWords: whether a word that is wider than that is torn; else it stands out.
    init(
        _ text: RichText,
        size: Double,
        width: Double,
        _ alignment: Alignment,
        _ fonts: FontMap,
        tearsWords: Bool = true
    ) throws {
        guard let layout = pango_layout_new(fonts.context) else {
            throw DocumentError.notDrawn("Pango could not set a text")
        }
        self.layout = layout
        SetText.setFont(layout, size)
        let attributes = SetText.attributes(text, size: size)
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        let plain = text.plain
        pango_layout_set_text(layout, plain, Int32(clamping: plain.utf8.count))
        pango_layout_set_width(layout, SetText.units(max(1, width)))
        pango_layout_set_wrap(layout, tearsWords ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD)
        pango_layout_set_auto_dir(layout, 0)
        switch alignment {
        case .leading: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
        case .centre: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .trailing: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        case .justified: pango_layout_set_justify(layout, 1)
        }
        try measure()
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    private func measure() throws {
        guard let iterator = pango_layout_get_iter(layout) else {
            throw DocumentError.notDrawn("Pango could not set a text")
        }
        defer { pango_layout_iter_free(iterator) }
        repeat {
            guard let line = pango_layout_iter_get_line_readonly(iterator) else { continue }
            var box = PangoRectangle()
            pango_layout_iter_get_line_extents(iterator, nil, &box)
            let top = SetText.points(box.y)
            widest = max(widest, SetText.points(box.width))
            lines.append(
                Line(
                    height: SetText.points(box.height) * 1.06,
                    baseline: SetText.points(pango_layout_iter_get_baseline(iterator)) - top,
                    x: SetText.points(box.x),
                    line: line
                )
            )
        } while pango_layout_iter_next_line(iterator) != 0
    }

    private static func setFont(_ layout: OpaquePointer, _ size: Double) {
        let font = pango_font_description_new()
        defer { pango_font_description_free(font) }
        pango_font_description_set_family(font, FontMap.family)
        pango_font_description_set_absolute_size(font, size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, font)
    }

    private static func attributes(_ text: RichText, size: Double) -> OpaquePointer? {
        let list = pango_attr_list_new()
        // Where a code or a name is torn after all, a hyphen would read as a part of it.
        pango_attr_list_insert(list, pango_attr_insert_hyphens_new(0))
        var start: UInt32 = 0
        for run in text.runs {
            let end = start + UInt32(clamping: run.text.utf8.count)
            var parts: [UnsafeMutablePointer<PangoAttribute>?] = []
            if run.isBold { parts.append(pango_attr_weight_new(PANGO_WEIGHT_BOLD)) }
            if run.isItalic { parts.append(pango_attr_style_new(PANGO_STYLE_ITALIC)) }
            if run.scale != 1 { parts.append(pango_attr_size_new_absolute(units(size * run.scale))) }
            for part in parts.compactMap({ $0 }) {
                part.pointee.start_index = start
                part.pointee.end_index = end
                pango_attr_list_insert(list, part)
            }
            start = end
        }
        return list
    }

    private static func points(_ units: Int32) -> Double { Double(units) / Double(PANGO_SCALE) }

    private static func units(_ points: Double) -> Int32 { Int32((points * Double(PANGO_SCALE)).rounded()) }
}

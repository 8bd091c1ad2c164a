import CPango
import PaymentQR

/// A PDF that is being drawn, page by page, or a picture of one page.
final class Canvas {
    private final class Output {
        var bytes: [UInt8] = []
    }

    private let output = Output()
    private let surface: OpaquePointer
    private let cairo: OpaquePointer
    private let page: PageFormat
    /// Of the page that is being drawn.
    private var number = 1
    private var open: [Tag] = []

    init(_ page: PageFormat, title: String, madeAt: String) throws {
        let write: cairo_write_func_t = { closure, data, length in
            guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
            let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
            output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
            return CAIRO_STATUS_SUCCESS
        }
        let target = Unmanaged.passUnretained(output).toOpaque()
        guard let surface = cairo_pdf_surface_create_for_stream(write, target, page.width, page.height),
            let cairo = cairo_create(surface)
        else { throw DocumentError.notDrawn("out of memory") }
        self.page = page
        self.surface = surface
        self.cairo = cairo
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Khớp")
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, madeAt)
    }

    /// A picture of one page, black on white.
    ///
    /// - Parameters:
    ///   - height: of the part of the page that is drawn.
    ///   - scale: dots a point.
    init(picture page: PageFormat, height: Double, scale: Double) throws {
        let (width, lines) = (Int32(page.width * scale), Int32(height * scale))
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, lines),
            let cairo = cairo_create(surface)
        else { throw DocumentError.notDrawn("out of memory") }
        self.page = page
        self.surface = surface
        self.cairo = cairo
        cairo_set_source_rgb(cairo, 1, 1, 1)
        cairo_paint(cairo)
        cairo_set_source_rgb(cairo, 0, 0, 0)
        cairo_scale(cairo, scale, scale)
    }

    deinit {
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    /// Draws a strip that begins this far below the upper border of the text.
    func draw(_ strip: Strip, top: Double) {
        // A tree that begins with a section is one that readers accept as tagged.
        switchTags(to: [Tag(kind: .section, id: number)] + strip.tags)
        for mark in strip.moved(x: page.margin, y: page.margin + top) { draw(mark) }
    }

    /// Draws lines that belong to the page and not to the text: its number, its foot.
    func drawAside(_ text: SetText, x: Double, top: Double) {
        switchTags(to: [])
        var top = top
        for line in text.lines {
            draw(.line(line, of: text, x: x, top: top))
            top += line.height
        }
    }

    /// Writes large and pale across the page, from the lower left to the upper right.
    func drawWatermark(_ text: SetText, width: Double) {
        guard let line = text.lines.first else { return }
        cairo_save(cairo)
        cairo_set_source_rgb(cairo, 0.88, 0.88, 0.88)
        cairo_translate(cairo, page.width / 2, page.height / 2)
        cairo_rotate(cairo, -0.5)
        cairo_move_to(cairo, -width / 2 + line.x, line.baseline - line.height / 2)
        // As shapes: whoever selects or searches the text does not meet it.
        pango_cairo_layout_line_path(cairo, line.line)
        cairo_fill(cairo)
        cairo_restore(cairo)
    }

    func endPage() {
        switchTags(to: [])
        cairo_show_page(cairo)
        number += 1
    }

    /// Ends the file and returns its bytes.
    func finish() throws -> [UInt8] {
        cairo_surface_finish(surface)
        for status in [cairo_status(cairo), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw DocumentError.notDrawn(String(cString: cairo_status_to_string(status)))
        }
        return output.bytes
    }

    /// Returns a picture as PNG.
    func picture() throws -> [UInt8] {
        switchTags(to: [])
        cairo_surface_flush(surface)
        let write: cairo_write_func_t = { closure, data, length in
            guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
            let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
            output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
            return CAIRO_STATUS_SUCCESS
        }
        let status = cairo_surface_write_to_png_stream(surface, write, Unmanaged.passUnretained(output).toOpaque())
        guard status == CAIRO_STATUS_SUCCESS else {
            throw DocumentError.notDrawn(String(cString: cairo_status_to_string(status)))
        }
        return output.bytes
    }

    private func switchTags(to tags: [Tag]) {
        let common = zip(open, tags).prefix { $0 == $1 }.count
        for tag in open[common...].reversed() { cairo_tag_end(cairo, tag.kind.rawValue) }
        for tag in tags[common...] { cairo_tag_begin(cairo, tag.kind.rawValue, nil) }
        open = tags
    }

    private func draw(_ mark: Strip.Mark) {
        switch mark {
        case .line(let line, _, let x, let top):
            cairo_move_to(cairo, x + line.x, top + line.baseline)
            pango_cairo_show_layout_line(cairo, line.line)
        case .stroke(let x, let y, let toX, let toY):
            cairo_set_line_width(cairo, 0.5)
            cairo_move_to(cairo, x, y)
            cairo_line_to(cairo, toX, toY)
            cairo_stroke(cairo)
        case .shade(let x, let y, let width, let height):
            cairo_set_source_rgb(cairo, 0.93, 0.94, 0.96)
            cairo_rectangle(cairo, x, y, width, height)
            cairo_fill(cairo)
            cairo_set_source_rgb(cairo, 0, 0, 0)
        case .code(let code, let x, let y, let side): draw(code, x: x, y: y, module: side / Double(code.side))
        case .begin(let kind): cairo_tag_begin(cairo, kind.rawValue, nil)
        case .end(let kind): cairo_tag_end(cairo, kind.rawValue)
        }
    }

    private func draw(_ code: QRCode, x: Double, y: Double, module: Double) {
        for row in 0..<code.side {
            var column = 0
            while column < code.side {
                let start = column
                while code.isDark(column, row) { column += 1 }
                if column > start {
                    cairo_rectangle(
                        cairo,
                        x + Double(start) * module,
                        y + Double(row) * module,
                        Double(column - start) * module,
                        module
                    )
                } else {
                    column += 1
                }
            }
        }
        // One shape, so that no light seam shows between its parts.
        cairo_fill(cairo)
    }
}

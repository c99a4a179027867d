package page

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"slices"
	"strings"
)

// picture gives an SVG picture as it may stand in the page: shapes and words alone. What
// makes it comes from the shelf, which is not ours alone, so scripts, links, styles and
// whatever else a picture can hold are left out. A picture that is no XML is none.
func picture(svg string) template.HTML {
	in := xml.NewDecoder(strings.NewReader(svg))
	var out bytes.Buffer
	enc := xml.NewEncoder(&out)
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if start, is := token.(xml.StartElement); is && !slices.Contains(elements(), start.Name.Local) {
			token, err = nil, errors.Join(err, in.Skip())
		}
		if err != nil {
			return ""
		}
		if kept := shapesOnly(token); kept != nil && enc.EncodeToken(kept) != nil {
			return ""
		}
	}
	if enc.Flush() != nil {
		return ""
	}
	return template.HTML(out.String()) //nolint:gosec // made anew above, from elements and attributes of a list
}

// elements are what a picture may consist of.
func elements() []string {
	return []string{"svg", "g", "rect", "line", "circle", "path", "polyline", "polygon", "text", "tspan", "title", "desc"}
}

// attributes are what may be said about an element.
func attributes() []string {
	return []string{
		"viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "d", "points",
		"class", "id", "role", "aria-label", "aria-labelledby", "aria-hidden", "fill", "fill-opacity", "stroke", "stroke-width",
		"stroke-dasharray", "opacity", "transform", "text-anchor", "dominant-baseline", "font-size", "font-family", "font-weight", "preserveAspectRatio",
	}
}

// shapesOnly gives what may stay of a token, nil for nothing.
func shapesOnly(t xml.Token) xml.Token {
	switch t := t.(type) {
	case xml.StartElement:
		kept := xml.StartElement{Name: xml.Name{Local: t.Name.Local}}
		for _, a := range t.Attr {
			if a.Name.Space == "" && slices.Contains(attributes(), a.Name.Local) && !strings.Contains(strings.ToLower(a.Value), "url(") {
				kept.Attr = append(kept.Attr, xml.Attr{Name: xml.Name{Local: a.Name.Local}, Value: a.Value})
			}
		}
		return kept
	case xml.EndElement:
		return xml.EndElement{Name: xml.Name{Local: t.Name.Local}}
	case xml.CharData:
		return t.Copy()
	}
	return nil
}

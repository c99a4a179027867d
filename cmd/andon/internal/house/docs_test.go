package house

import (
	"go/ast"
	"go/token"
	"maps"
	"regexp"
	"slices"
)

// documentRule reports exported names and packages without a comment.
func documentRule(r repo) []string {
	var bad []string
	packages := make(map[string]bool)
	for _, s := range r.product() {
		packages[s.dir] = packages[s.dir] || s.file.Doc != nil
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					bad = append(bad, r.at(d.Pos(), "%s has no comment", d.Name.Name))
				}
			case *ast.GenDecl:
				bad = append(bad, undocumented(r, d)...)
			}
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(packages)) {
		if !packages[dir] {
			bad = append(bad, dir+": the package has no comment")
		}
	}
	return bad
}

// exportedReceiver says whether a method can be seen from outside; a function can.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if index, ok := t.(*ast.IndexExpr); ok {
		t = index.X
	}
	name, ok := t.(*ast.Ident)
	return ok && name.IsExported()
}

// undocumented reports the exported names of a declaration that have no comment. A
// comment on a group of constants or variables is enough for the group.
func undocumented(r repo, d *ast.GenDecl) []string {
	var bad []string
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if !spec.Name.IsExported() {
				continue
			}
			if spec.Doc == nil && spec.Comment == nil && (d.Doc == nil || d.Lparen != token.NoPos) {
				bad = append(bad, r.at(spec.Pos(), "%s has no comment", spec.Name.Name))
			}
			bad = append(bad, undocumentedMethods(r, d, spec)...)
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() && spec.Doc == nil && spec.Comment == nil && d.Doc == nil {
					bad = append(bad, r.at(name.Pos(), "%s has no comment", name.Name))
				}
			}
		}
	}
	return bad
}

// undocumentedMethods reports the methods of an interface about which no comment on it or
// in it says anything: one comment may be about several.
func undocumentedMethods(r repo, d *ast.GenDecl, spec *ast.TypeSpec) []string {
	iface, ok := spec.Type.(*ast.InterfaceType)
	if !ok {
		return nil
	}
	said := d.Doc.Text() + spec.Doc.Text()
	for _, m := range iface.Methods.List {
		said += m.Doc.Text()
	}
	var bad []string
	for _, m := range iface.Methods.List {
		if len(m.Names) != 1 || !m.Names[0].IsExported() || m.Doc != nil || m.Comment != nil {
			continue
		}
		name := m.Names[0].Name
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(said) {
			bad = append(bad, r.at(m.Pos(), "%s.%s has no comment", spec.Name.Name, name))
		}
	}
	return bad
}

package jiratest

import "strings"

// query is a parsed JQL query; where is nil without a restriction.
type query struct {
	where *clause
	order []ordering
}

type ordering struct {
	field string
	desc  bool
}

// clause is a node: "and", "or", "not" with kids, or a comparison of a field.
type clause struct {
	kind   string
	kids   []*clause
	field  string
	op     string // = != < <= > >= ~ !~ in "not in" is "is not" was changed
	values []value
}

// value is an operand: a text, or a function such as openSprints().
type value struct {
	text string
	fn   string
	args []string
}

type parser struct {
	toks  []token
	at    int
	depth int
}

func parseJQL(s string) (query, *Error) {
	toks, err := lexJQL(s)
	if err != nil {
		return query{}, err
	}
	p := &parser{toks: toks}
	var q query
	if !p.done() && !p.word("order") {
		if q.where, err = p.or(); err != nil {
			return query{}, err
		}
	}
	if p.take("order") {
		if !p.take("by") {
			return query{}, p.unexpected("Expecting 'by'")
		}
		if q.order, err = p.orderings(); err != nil {
			return query{}, err
		}
	}
	if !p.done() {
		return query{}, p.unexpected("Expecting either 'OR' or 'AND'")
	}
	return q, nil
}

func (p *parser) done() bool { return p.at >= len(p.toks) }

func (p *parser) peek() token {
	if p.done() {
		return token{pos: -1}
	}
	return p.toks[p.at]
}

// word tells whether the next token is this unquoted keyword.
func (p *parser) word(w string) bool {
	t := p.peek()
	return !t.quoted && t.op == "" && t.pos >= 0 && strings.EqualFold(t.text, w)
}

func (p *parser) take(w string) bool {
	if p.word(w) {
		p.at++
		return true
	}
	return false
}

func (p *parser) takeOp(op string) bool {
	if !p.done() && p.peek().op == op {
		p.at++
		return true
	}
	return false
}

func (p *parser) unexpected(want string) *Error {
	if p.done() {
		pos := 0
		if n := len(p.toks); n > 0 {
			pos = p.toks[n-1].pos + len(p.toks[n-1].text) + len(p.toks[n-1].op)
		}
		return errJQL(pos, "%s before the end of the query.", want)
	}
	t := p.peek()
	return errJQL(t.pos, "%s but got '%s'.", want, t.text+t.op)
}

func (p *parser) or() (*clause, *Error) { return p.chain("or", "||", "|", p.and) }

func (p *parser) and() (*clause, *Error) { return p.chain("and", "&&", "&", p.not) }

func (p *parser) chain(word, op, op1 string, next func() (*clause, *Error)) (*clause, *Error) {
	first, err := next()
	if err != nil {
		return nil, err
	}
	kids := []*clause{first}
	for p.take(word) || p.takeOp(op) || p.takeOp(op1) {
		k, err := next()
		if err != nil {
			return nil, err
		}
		kids = append(kids, k)
	}
	if len(kids) == 1 {
		return first, nil
	}
	return &clause{kind: word, kids: kids}, nil
}

// maxDepth bounds nesting, so that no query can exhaust the stack.
const maxDepth = 100

func (p *parser) not() (*clause, *Error) {
	if p.depth++; p.depth > maxDepth {
		return nil, errJQL(p.peek().pos, "The query is nested too deeply.")
	}
	defer func() { p.depth-- }()
	if p.take("not") || p.takeOp("!") {
		k, err := p.not()
		if err != nil {
			return nil, err
		}
		return &clause{kind: "not", kids: []*clause{k}}, nil
	}
	if p.takeOp("(") {
		k, err := p.or()
		if err != nil {
			return nil, err
		}
		if !p.takeOp(")") {
			return nil, p.unexpected("Expecting ')'")
		}
		return k, nil
	}
	return p.comparison()
}

func (p *parser) comparison() (*clause, *Error) {
	t := p.peek()
	if p.done() || t.op != "" || t.text == "" || !t.quoted && isKeyword(t.text) {
		return nil, p.unexpected("Expecting a field name")
	}
	p.at++
	c := &clause{kind: "is", field: strings.ToLower(t.text)}
	switch {
	case p.take("in"):
		c.op = "in"
	case p.take("not"):
		if !p.take("in") {
			return nil, p.unexpected("Expecting 'IN'")
		}
		c.op = "not in"
	case p.take("is"):
		c.op = "is"
		if p.take("not") {
			c.op = "is not"
		}
	default:
		if t := p.peek(); t.op != "" && strings.Contains(" = != < <= > >= ~ !~ ", " "+t.op+" ") {
			c.op = t.op
			p.at++
			break
		}
		return nil, p.unexpected("Expecting operator")
	}
	var err *Error
	c.values, err = p.operand(c.op)
	return c, err
}

func isKeyword(w string) bool {
	switch strings.ToLower(w) {
	case "and", "or", "not", "in", "is", "empty", "null", "order", "by":
		return true
	}
	return false
}

func (p *parser) operand(op string) ([]value, *Error) {
	if op == "is" || op == "is not" {
		if !p.take("empty") && !p.take("null") {
			return nil, p.unexpected("Expecting 'EMPTY' or 'NULL'")
		}
		return nil, nil
	}
	if op != "in" && op != "not in" {
		v, err := p.value()
		return []value{v}, err
	}
	if p.peek().op != "(" { // a function alone: sprint in openSprints()
		v, err := p.value()
		if err == nil && v.fn == "" {
			err = p.unexpected("Expecting '('")
		}
		return []value{v}, err
	}
	p.at++
	var out []value
	for {
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		if p.takeOp(")") {
			return out, nil
		}
		if !p.takeOp(",") {
			return nil, p.unexpected("Expecting either ',' or ')'")
		}
	}
}

func (p *parser) value() (value, *Error) {
	t := p.peek()
	if p.done() || t.op != "" || !t.quoted && isKeyword(t.text) && !strings.EqualFold(t.text, "empty") && !strings.EqualFold(t.text, "null") {
		return value{}, p.unexpected("Expecting a value")
	}
	p.at++
	if !t.quoted && (strings.EqualFold(t.text, "empty") || strings.EqualFold(t.text, "null")) {
		return value{fn: "empty"}, nil
	}
	if t.quoted || !p.takeOp("(") {
		return value{text: t.text}, nil
	}
	v := value{fn: strings.ToLower(t.text)}
	for !p.takeOp(")") {
		a := p.peek()
		if p.done() || a.op != "" {
			return value{}, p.unexpected("Expecting ')'")
		}
		p.at++
		v.args = append(v.args, a.text)
		p.takeOp(",")
	}
	return v, nil
}

func (p *parser) orderings() ([]ordering, *Error) {
	var out []ordering
	for {
		t := p.peek()
		if p.done() || t.op != "" {
			return nil, p.unexpected("Expecting a field name")
		}
		p.at++
		o := ordering{field: strings.ToLower(t.text)}
		if p.take("desc") {
			o.desc = true
		} else {
			p.take("asc")
		}
		out = append(out, o)
		if !p.takeOp(",") {
			return out, nil
		}
	}
}

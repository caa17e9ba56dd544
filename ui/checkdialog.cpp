#include "ui/checkdialog.h"

#include "core/doctor/examination.h"
#include "core/kube/config/contextstore.h"
#include "ui/theme.h"
#include "ui/widgets/iconlabel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Doctor::Check;

namespace {

constexpr int kMargin = 14;
constexpr int kGap = 10;
constexpr int kIconSize = 16;
constexpr QSize kFirstSize{800, 640};

enum Column { MarkColumn, TitleColumn, TextColumn, TimeColumn };

struct Mark {
    QString icon;
    Tone tone;
    QString word;
};

Mark markOf(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Good:
        return {u"check"_s, Tone::Good, CheckDialog::tr("good", "outcome of a step")};
    case Check::Outcome::Warning:
        return {u"warning"_s, Tone::Warning, CheckDialog::tr("warning", "outcome of a step")};
    case Check::Outcome::Bad:
        return {u"error"_s, Tone::Bad, CheckDialog::tr("bad", "outcome of a step")};
    case Check::Outcome::Skipped:
        break;
    }
    return {u"info"_s, Tone::Muted, CheckDialog::tr("skipped", "outcome of a step")};
}

QLabel *textLabel(const QString &text, QWidget *parent, QPalette::ColorRole role = QPalette::WindowText)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setForegroundRole(role);
    return label;
}

/// What was found, what to do, and the other side's words.
QWidget *finding(const Check &check, QWidget *parent)
{
    auto *widget = new QWidget(parent);
    auto *lines = new QVBoxLayout(widget);
    lines->setContentsMargins({});
    lines->setSpacing(3);
    const bool skipped = check.outcome == Check::Outcome::Skipped;
    lines->addWidget(textLabel(check.text, widget, skipped ? QPalette::PlaceholderText : QPalette::WindowText));
    if (!check.advice.isEmpty())
        lines->addWidget(textLabel(u"→ "_s + check.advice, widget));
    if (!check.text.contains(check.detail))
        lines->addWidget(textLabel(check.detail, widget, QPalette::PlaceholderText));
    return widget;
}

} // namespace

CheckDialog::CheckDialog(const Kube::ContextStore &contexts, const Forward::ForwardSpec &spec, QWidget *parent)
    : QDialog(parent)
    , m_contexts(contexts)
    , m_context(new QComboBox(this))
    , m_namespace(new QLineEdit(this))
    , m_target(new QLineEdit(this))
    , m_port(new QLineEdit(this))
    , m_area(new QScrollArea(this))
    , m_state(new QLabel(this))
    , m_again(new QPushButton(tr("Check &again"), this))
    , m_copy(new QPushButton(tr("&Copy report"), this))
{
    setObjectName(u"check"_s);
    setWindowTitle(tr("Check connection"));
    layOut();
    fillFields(spec);
    connect(m_again, &QPushButton::clicked, this, &CheckDialog::check);
    connect(m_context, &QComboBox::activated, this, &CheckDialog::check);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_examination)
            QApplication::clipboard()->setText(Doctor::reportText(m_examination->checks()));
    });
    check();
}

CheckDialog::~CheckDialog() = default;

void CheckDialog::layOut()
{
    m_context->setObjectName(u"checkContext"_s);
    m_namespace->setObjectName(u"checkNamespace"_s);
    m_target->setObjectName(u"checkTarget"_s);
    m_port->setObjectName(u"checkPort"_s);
    m_state->setObjectName(u"checkState"_s);
    m_copy->setObjectName(u"copyReport"_s);
    m_target->setPlaceholderText(tr("pod/NAME, service/NAME … (optional)"));
    m_port->setPlaceholderText(tr("first"));
    auto *fields = new QGridLayout;
    fields->setHorizontalSpacing(kGap);
    const QList<std::pair<QString, QWidget *>> named{
        {tr("Conte&xt"), m_context}, {tr("&Namespace"), m_namespace}, {tr("&Target"), m_target}, {tr("&Port"), m_port}};
    for (int column = 0; column < named.size(); ++column) {
        auto *label = new QLabel(named.at(column).first, this);
        label->setBuddy(named.at(column).second);
        label->setForegroundRole(QPalette::PlaceholderText);
        fields->addWidget(label, 0, column);
        fields->addWidget(named.at(column).second, 1, column);
    }
    constexpr int ContextShare = 3;
    constexpr int NamespaceShare = 2;
    constexpr int TargetShare = 4;
    fields->setColumnStretch(0, ContextShare);
    fields->setColumnStretch(1, NamespaceShare);
    fields->setColumnStretch(2, TargetShare);
    fields->setColumnStretch(3, 1);
    for (QLineEdit *field : {m_namespace, m_target, m_port})
        field->setMinimumHeight(m_context->sizeHint().height());

    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setBackgroundRole(QPalette::Base);
    m_area->setAccessibleName(tr("What the steps found"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_copy, QDialogButtonBox::ActionRole);
    buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    m_again->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    lines->setSpacing(kGap);
    lines->addLayout(fields);
    lines->addWidget(m_area, 1);
    lines->addWidget(m_state);
    lines->addWidget(buttons);
    resize(kFirstSize);
}

void CheckDialog::fillFields(const Forward::ForwardSpec &spec)
{
    const QList<Kube::ContextSummary> all = m_contexts.contexts();
    for (const Kube::ContextSummary &context : all)
        m_context->addItem(Kube::contextLabel(context.ref()), QVariant::fromValue(context.ref()));
    const Kube::ContextRef wanted = spec.context.isEmpty() ? m_contexts.preferredContext() : spec.contextRef();
    m_context->setCurrentIndex(std::max(0, m_context->findData(QVariant::fromValue(wanted))));
    m_namespace->setText(spec.namespaceName);
    m_namespace->setPlaceholderText(tr("the context's", "namespace"));
    if (!spec.target.name.isEmpty())
        m_target->setText(Kube::targetText(spec.target));
    if (!spec.ports.isEmpty())
        m_port->setText(spec.ports.first().remote);
}

void CheckDialog::check()
{
    clearRows();
    m_copy->setEnabled(false);
    Doctor::Question question;
    question.resolution = m_contexts.inspect(m_context->currentData().value<Kube::ContextRef>());
    question.namespaceName = m_namespace->text().trimmed();
    if (const QString typed = m_target->text().trimmed(); !typed.isEmpty()) {
        const auto target = Kube::parseTarget(typed);
        if (!target)
            return say(target.error());
        question.target = *target;
    }
    if (const QString typed = m_port->text().trimmed(); !typed.isEmpty()) {
        const auto port = Kube::parsePortArgument(typed);
        if (!port)
            return say(port.error());
        question.port = *port;
    }
    m_examination = std::make_unique<Doctor::Examination>(question);
    connect(m_examination.get(), &Doctor::Examination::begun, this, [this](const QString &title) {
        m_state->setText(tr("%1…", "the step under way, such as TLS").arg(title));
    });
    connect(m_examination.get(), &Doctor::Examination::checked, this, &CheckDialog::add);
    connect(m_examination.get(), &Doctor::Examination::finished, this, &CheckDialog::conclude);
    m_examination->start();
}

void CheckDialog::clearRows()
{
    m_examination.reset();
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *lines = new QVBoxLayout(page);
    m_rows = new QGridLayout;
    m_rows->setHorizontalSpacing(kGap);
    m_rows->setVerticalSpacing(kGap);
    m_rows->setColumnStretch(TextColumn, 1);
    lines->addLayout(m_rows);
    lines->addStretch();
    m_area->setWidget(page); // deletes the former one
}

void CheckDialog::add(const Check &check)
{
    QWidget *page = m_area->widget();
    const Mark mark = markOf(check.outcome);
    auto *icon = new IconLabel(kIconSize, page);
    icon->setIcon(mark.icon, mark.tone, check.outcome == Check::Outcome::Skipped);
    icon->setToolTip(mark.word);
    icon->setAccessibleName(mark.word);
    auto *title = textLabel(check.title, page);
    title->setWordWrap(false);
    QFont bold = title->font();
    bold.setBold(check.outcome != Check::Outcome::Skipped);
    title->setFont(bold);
    const int row = m_rows->rowCount();
    m_rows->addWidget(icon, row, MarkColumn, Qt::AlignTop);
    m_rows->addWidget(title, row, TitleColumn, Qt::AlignTop);
    m_rows->addWidget(finding(check, page), row, TextColumn, Qt::AlignTop);
    if (check.ms)
        m_rows->addWidget(
            textLabel(tr("%1 ms", "how long a step took").arg(*check.ms), page, QPalette::PlaceholderText), row,
            TimeColumn, Qt::AlignTop | Qt::AlignRight);
}

void CheckDialog::say(const QString &text)
{
    m_state->setText(text);
    QPalette ink = m_state->palette();
    ink.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_state->setPalette(ink);
}

void CheckDialog::conclude()
{
    const bool healthy = Doctor::isHealthy(m_examination->checks());
    m_copy->setEnabled(true);
    say(healthy ? tr("Everything that was tried works.") : tr("Something is in the way; see above."));
    if (healthy)
        m_state->setPalette({});
}

} // namespace Fairlead::Ui

#include "ui/contexts/pastedialog.h"

#include "ui/contexts/kubeconfigdesk.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
constexpr QSize FirstSize{640, 420};
constexpr int Margin = 14;
constexpr int Gap = 10;
} // namespace

bool looksLikeKubeconfig(const QString &text)
{
    return text.contains("clusters"_L1) && text.contains("contexts"_L1) && text.contains("server"_L1);
}

PasteDialog::PasteDialog(KubeconfigDesk &desk, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_text(new QPlainTextEdit(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Paste kubeconfig"));
    auto *hint =
        new QLabel(tr("The text is kept in a file of its own that only you can read. Nothing is written to your "
                      "other kubeconfig files."),
                   this);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    m_text->setObjectName(u"kubeconfigText"_s);
    m_text->setAccessibleName(tr("Text of the kubeconfig"));
    m_text->setPlaceholderText(u"apiVersion: v1\nkind: Config\nclusters:\n…"_s);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_problem->setObjectName(u"kubeconfigProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *add = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    add->setObjectName(u"addKubeconfigText"_s);
    add->setDefault(true);
    add->setEnabled(false);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this, add] {
        add->setEnabled(!m_text->document()->isEmpty());
        m_problem->hide();
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &PasteDialog::add);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(Margin, Margin, Margin, Margin);
    lines->setSpacing(Gap);
    lines->addWidget(hint);
    lines->addWidget(m_text, 1);
    lines->addWidget(m_problem);
    lines->addWidget(buttons);
    resize(FirstSize);
    if (const QString held = QGuiApplication::clipboard()->text(); looksLikeKubeconfig(held))
        m_text->setPlainText(held);
    m_text->setFocus();
}

void PasteDialog::add()
{
    const auto outcome = m_desk.addText(m_text->toPlainText().toUtf8());
    if (!outcome) {
        complain(outcome.error());
        return;
    }
    accept();
    emit taken(*outcome);
}

void PasteDialog::complain(const QString &text)
{
    QPalette ink = m_problem->palette();
    ink.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_problem->setPalette(ink);
    m_problem->setText(text);
    m_problem->setAccessibleName(text);
    m_problem->show();
    m_text->setFocus();
}

} // namespace Fairlead::Ui

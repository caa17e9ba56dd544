#pragma once

class QCoreApplication;
class QLocale;

namespace Fairlead::Ui {

/// Makes the program speak the languages of `locale` as far as it has them, English otherwise: its own words and, where
/// the distribution installed them, those of Qt. Call once, before the first window. Dates and sizes are QLocale's
/// matter. A command whose output has to equal kubectl's does not call this.
void installTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace Fairlead::Ui

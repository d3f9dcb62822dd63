// Who will come: the last meetings of a list of who came are held out and forecast by the model and by two plain rules, which are
// scored alike (docs/forecast.md).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/record.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/run/run.hpp"
#include "coalis/statistics/attendance.hpp"
#include "coalis/statistics/count_forecasts.hpp"
#include "coalis/statistics/interval.hpp"

namespace coalis {

struct ForecastOptions {
  std::string attendance;  // file of who came
  std::size_t hold_out = 2;
  RunOptions runs{.scenario = "", .set = {}, .with = {}, .outcomes = {}, .parameters = "", .replicates = 2000};
};

struct ForecastQuestion {
  RunQuestion runs;
  std::string attendance;
  AttendanceList list;
  std::size_t hold_out = 0;
  std::vector<std::size_t> past, held_out;  // meetings, by number
  std::size_t gone = 0;                // members that the roster lets leave before those held out: of whom nothing is forecast
  std::vector<std::size_t> last_year;  // of the past: those within a year before the first held out; all where no dates say it

  static constexpr Recording recording{.trajectories = false,
                                       .regions = false,
                                       .organisations = false,
                                       .ties = false,
                                       .survey = false,
                                       .organisation_trajectories = false,
                                       .sheets = true};
};

// Needs two meetings before those held out, the last of the list within the calendar. Warnings: another number of members than
// the scenario has, members that its roster does not know, a run that goes on after the list.
Asked<ForecastQuestion> ask_forecast(const ForecastOptions& options, RunQuestion runs, AttendanceList list);

// The list of one run, of as many meetings as the observed one has.
AttendanceTable simulated_list(const ForecastQuestion& question, const RunRecord& record);

enum class Forecaster { model, last_year, beta_binomial };
inline constexpr std::array all_forecasters{Forecaster::model, Forecaster::last_year, Forecaster::beta_binomial};
inline constexpr std::size_t forecasters = all_forecasters.size();

// Of a number.
struct Predicted {
  double mean = 0, crps = 0;
  CountInterval interval{};  // the central 80 %
};

struct ForecastAnswer {
  struct Member {
    std::string name;
    CameOf before, held_out;  // what is known of it
    std::array<Predicted, forecasters> predicted;
    std::size_t alike = 0;  // simulated organisations that the model's forecast rests on
  };
  struct Meeting {
    std::string name;
    CameOf came;
    std::array<Predicted, forecasters> predicted;  // how many come in all
  };
  struct Score {
    double crps = 0;                   // mean over members; the unit is meetings
    double covered = 0, expected = 0;  // share of members in their interval; what the intervals say themselves
    double crps_in_all = 0;            // mean over meetings; the unit is members
    std::size_t covered_in_all = 0;    // meetings in their interval
  };
  ForecastQuestion question;
  std::size_t replicates = 0, nearest = 0;
  double effective_size = 0;       // of the nearest, by weight
  double distance = 0, usual = 0;  // median of the nearest from the observed past, and of the nearest from each other
  BetaRates rates;                 // fitted to the past
  std::vector<Member> members;     // of whom a held-out meeting is known
  std::vector<Meeting> meetings;   // held out
  std::array<Score, forecasters> scores;
  std::array<Estimate, forecasters>
      worse;  // the model's CRPS less that of each, over members and what was simulated; 0 for itself
};

// lists: simulated_list() of each replicate. Throws std::invalid_argument: no replicate has held meetings enough.
ForecastAnswer forecast_answer(ForecastQuestion question, std::span<const AttendanceTable> lists);

// Whether two errors differ by less than .01 meetings a member, on which nothing turns, however sure it is.
bool too_small(const Estimate& difference);

// Whether the model forecasts clearly better than a rule (-1: its 95 % interval lies below 0), worse (1), or neither (0), as
// where the difference is too small.
int clearly_worse(const Estimate& difference);

}  // namespace coalis

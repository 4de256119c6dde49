/** What stands in index.html itself. */
export const description =
  "See and edit k-means: run it one half-step at a time on real data, drag the centroids, change the algorithm."
export const title = "K-means, one half-step at a time"
export const skip = "Skip to the picture"
export const lead =
  "Assign every point to its nearest centroid, move every centroid to the mean of its points, and repeat."
export const experiment = "Experiment"
export const dataAndSettings = "Data and settings"
export const panels = "Panels"
export const lessons = "Lessons"
export const results = "Results"
export const tryThis = "Try this"
export const tryThisLead =
  "Each experiment sets up data and program, runs, and says what to look for, with the numbers the engine has just measured. In order they make an hour: what k does, what the start decides, what k-means cannot see, what each of its parts is for."
export const mathsTitle = "The maths, derived"
export const mathsLead =
  "Five steps. Point at an equation, or reach it with Tab, to see its line in the program and its part of the picture."
export const questions = "Questions"
export const references = "References"
export const dataAndCredits = "Data and credits"
export const onThisDevice = "Everything is computed on this device; no data leave it."
export const mitLicence = "MIT licence."
export const licences = "Licences of the libraries used"
